import CEmbedded
import Glibc

/// The Lua files inside the binary: the folder `lua/`, listed by `scripts/embed-lua`.
public enum EmbeddedFiles {
  /// The names of the files, sorted, relative to `lua/`: `task/service.lua`.
  public static var names: [String] {
    (0..<composex_lua_count()).map { String(cString: composex_lua_file($0).name) }
  }

  /// The text of a file; nil when there is none of that name. The bytes live as long as the process.
  ///
  /// With `COMPOSEX_LUA_DIR` set, the file is read from that folder instead, so that edits take effect without a build.
  public static func lua(named name: String) -> UnsafeBufferPointer<UInt8>? {
    if let folder = getenv("COMPOSEX_LUA_DIR"), folder[0] != 0 {
      return read(String(cString: folder) + "/" + name, name)
    }
    var (low, high) = (0, composex_lua_count())
    while low < high {
      let middle = low + (high - low) / 2
      let file = composex_lua_file(middle)
      let order = strcmp(file.name, name)
      if order == 0 { return UnsafeBufferPointer(start: file.bytes, count: file.count) }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// The files of `templates/` whose paths begin with `prefix`, by the rest of their paths, sorted: what `composex init` writes.
  public static func templates(_ prefix: String) -> [(path: String, text: String)] {
    (0..<composex_template_count()).compactMap { index in
      let file = composex_template_file(index)
      let name = String(cString: file.name)
      guard name.hasPrefix(prefix) else { return nil }
      let bytes = UnsafeBufferPointer(start: file.bytes, count: file.count)
      return (String(name.dropFirst(prefix.utf8.count)), String(decoding: bytes, as: UTF8.self))
    }
  }

  /// A whole file, never given back: each module is loaded once.
  private static func read(_ path: String, _ name: String) -> UnsafeBufferPointer<UInt8>? {
    if name.split(separator: "/").contains("..") { return nil }
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      text.append(contentsOf: chunk[..<count])
    }
    if ferror(file) != 0 { return nil }
    let kept = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
    _ = kept.initialize(from: text)
    return UnsafeBufferPointer(kept)
  }
}
