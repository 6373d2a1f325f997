import Durable

/// Archives in which data sets are published: `.tar`, `.tar.gz` and `.zip`.
enum Archive {
  /// Whether a file's name is that of an archive.
  static func isArchive(_ name: String) -> Bool {
    [".tar", ".tar.gz", ".tgz", ".zip"].contains { name.hasSuffix($0) }
  }

  /// Hands over those files of the archive that `wanted` names, by the last part of their path and
  /// with or without `.gz`, which is taken off them. Reads the archive to its end, so that every
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
    if path.hasSuffix(".zip") {
      let zip = try ZipReader(source)
      for member in zip.members {
        guard let place = place(member.name) else { continue }
        try hand(place, member.name, try zip.open(member))
      }
    } else {
      let isPacked = !path.hasSuffix(".tar")
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
