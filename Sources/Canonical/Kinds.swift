/// Types that conform to one protocol, each by its own name: a registry of which a module above can ask
/// more than the protocol says (`extension Kinds where repeat each Kind: …`). It does not compile where one
/// of them lacks that.
package struct Kinds<each Kind: Sendable>: Sendable {
  /// In the order of the documentation.
  package init(_ kinds: repeat (each Kind).Type) {}
}
