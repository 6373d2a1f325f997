import Glibc
import System

/// A program that was started and what it writes.
final class ChildOutput {
  private let output: Int32
  private let errors: Int32
  private let process: ChildProcess

  /// Starts the program with these arguments, its own name first.
  init(_ program: String, _ arguments: [String], _ address: String) throws(Download.Failure) {
    guard let output = SystemCall.makePipe() else {
      throw Download.Failure(address: address, reason: "no pipe: \(SystemCall.reason(errno))")
    }
    guard let errors = SystemCall.makePipe() else {
      let reason = SystemCall.reason(errno)
      for end in [output.reading, output.writing] { close(end) }
      throw Download.Failure(address: address, reason: "no pipe: \(reason)")
    }
    defer {
      close(output.writing)
      close(errors.writing)
    }
    do throws(ChildProcess.StartError) {
      process = try ChildProcess(
        program, arguments,
        ChildProcess.Settings(input: nil, output: output.writing, errors: errors.writing))
    } catch {
      close(output.reading)
      close(errors.reading)
      let reason = error.code == ENOENT ? "not installed" : SystemCall.reason(error.code)
      throw Download.Failure(address: address, reason: "cannot start \(program): \(reason)")
    }
    self.output = output.reading
    self.errors = errors.reading
  }

  /// The next bytes of its output; 0 is the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    Self.read(output, into: buffer)
  }

  /// Closes its output, on which it ends if it has not, and waits for it.
  /// - Returns: whether all went well, and its last words otherwise.
  func finish() -> (isWell: Bool, words: String) {
    close(output)
    var room = [UInt8](repeating: 0, count: 4096)
    var filled = 0
    while filled < room.count {
      let got = room.withUnsafeMutableBytes {
        Self.read(errors, into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
      }
      if got == 0 { break }
      filled += got
    }
    close(errors)
    let ending = process.wait()
    let said = String(decoding: room.prefix(filled), as: UTF8.self)
    return (ending == .exited(code: 0), said.split(separator: "\n").last.map { String($0) } ?? "")
  }

  private static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    max(0, SystemCall.retrying { Glibc.read(descriptor, buffer.baseAddress, buffer.count) })
  }
}
