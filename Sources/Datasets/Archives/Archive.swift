import Durable

/// Archives in which data sets are published: `.tar`, `.tar.gz` and `.zip`. What they are is told by
/// their contents, since browsers and users change names.
enum Archive {
  private static let endings = [".tar.gz", ".tgz", ".tar", ".zip"]

  /// Whether a file's name is that of an archive.
  static func isArchive(_ name: String) -> Bool { endings.contains { name.hasSuffix($0) } }

  /// Names that the same archive may have got, packed otherwise or not at all.
  static func otherNames(of name: String) -> [String] {
    guard let ending = endings.first(where: { name.hasSuffix($0) }) else { return [] }
    let stem = name.dropLast(ending.count)
    return endings.filter { $0 != ending && (ending == ".zip") == ($0 == ".zip") }.map {
      stem + $0
    }
  }

  /// Hands over those files of the archive that `wanted` names, by the last part of their path and
  /// with or without `.gz`, which is taken off them. Paths in the archive are compared and shown, and
  /// never used as paths of the system. Reads the archive to its end, so that every
  /// checksum on the way is seen.
  /// - Parameter body: takes the name's place in `wanted` and the file's contents.
  static func visit(
    _ path: String, _ wanted: [String],
    _ body: (Int, any ContentReader) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let source = try ByteSource(file: path)
    var missing = Set(wanted.indices)
    func place(_ name: String) -> Int? {
      let last = PathName.last(of: name)
      let plain = last.hasSuffix(".gz") ? String(last.dropLast(3)) : last
      return wanted.firstIndex(of: plain)
    }
    func hand(
      _ place: Int, _ name: String, _ contents: any ContentReader
    ) throws(DatasetError) {
      guard missing.remove(place) != nil else {
        throw source.damage(nil, "two files called \(wanted[place])", "get the archive again")
      }
      let reader: any ContentReader =
        name.hasSuffix(".gz") ? try GzipReader(contents) : contents
      try body(place, reader)
      // What a decoder does not need to read is checked, too.
      try reader.skip()
      try contents.skip()
    }
    let start = try source.bytes(512)
    try source.seek(to: 0)
    if start.starts(with: FileSignature.zip) || path.hasSuffix(".zip") || path.hasSuffix(".npz") {
      let zip = try ZipReader(source)
      for member in zip.members {
        guard let place = place(member.name) else { continue }
        try hand(place, member.name, try zip.open(member))
      }
    } else {
      let isTar = FileSignature.isTar(start)
      let isPacked = !isTar && (start.starts(with: FileSignature.gzip) || !path.hasSuffix(".tar"))
      let tar = TarReader(isPacked ? try GzipReader(source) : source)
      while let member = try tar.next() {
        guard let place = place(member.name) else { continue }
        try hand(place, member.name, tar.open())
      }
    }
    guard missing.isEmpty else {
      let names = missing.sorted().map { wanted[$0] }.joined(separator: ", ")
      throw source.damage(nil, "the archive lacks \(names)", "get the archive again")
    }
  }
}
