package io.quantumtrader.market;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens files that may be compressed. */
final class InputFile {

  private static final int BUFFER = 1 << 16;

  private InputFile() {}

  /** Opens a file, plain or gzip; its first bytes tell which, not its name. */
  static InputStream open(Path path) throws IOException {
    InputStream raw = Files.newInputStream(path);
    try {
      return unpacked(raw);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Returns the bytes of a stream, out of gzip where they are in it; the stream can be marked. */
  static InputStream unpacked(InputStream raw) throws IOException {
    InputStream bytes = new BufferedInputStream(raw, BUFFER);
    byte[] head = head(bytes, 2);
    boolean gzip = head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
    return gzip ? new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER) : bytes;
  }

  /** Returns the first bytes of a stream that can be marked, and leaves it at its beginning. */
  static byte[] head(InputStream bytes, int most) throws IOException {
    bytes.mark(most);
    byte[] head = bytes.readNBytes(most);
    bytes.reset();
    return head;
  }
}
