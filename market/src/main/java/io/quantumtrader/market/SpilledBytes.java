package io.quantumtrader.market;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Bytes that are appended and read again. The first of them are in memory; what is beyond is in a
 * temporary file, which has no name any more once it is open, so that nothing is left of it however
 * the process ends. Several threads may read, when all is appended.
 */
final class SpilledBytes {

  private static final int FIRST_BYTES = 64 * 1024;

  private final int mostInMemory;
  private byte[] memory = new byte[FIRST_BYTES];
  private long size;
  private byte[] unwritten;
  private int unwrittenSize;
  private RandomAccessFile file;

  /**
   * Creates it, empty.
   *
   * @param mostInMemory how many bytes stay in memory, 1 or more
   */
  SpilledBytes(int mostInMemory) {
    this.mostInMemory = mostInMemory;
  }

  /** Returns how many bytes there are. */
  long size() {
    return size;
  }

  /**
   * Appends bytes.
   *
   * @throws UncheckedIOException where the temporary file cannot be written
   */
  void append(byte[] bytes, int length) {
    int here = (int) Math.max(0, Math.min(length, mostInMemory - size));
    if (here > 0) {
      int needed = (int) size + here;
      if (needed > memory.length) {
        memory = Arrays.copyOf(memory, Math.min(mostInMemory, Math.max(needed, 2 * memory.length)));
      }
      System.arraycopy(bytes, 0, memory, (int) size, here);
    }
    if (here < length) {
      spill(bytes, here, length - here);
    }
    size += length;
  }

  private synchronized void spill(byte[] bytes, int from, int length) {
    try {
      if (file == null) {
        open();
      }
      if (unwrittenSize + length > unwritten.length) {
        flush();
      }
      if (length > unwritten.length) {
        file.write(bytes, from, length);
      } else {
        System.arraycopy(bytes, from, unwritten, unwrittenSize, length);
        unwrittenSize += length;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("candles do not fit into a temporary file", e);
    }
  }

  private void open() throws IOException {
    File path = File.createTempFile("candles", ".rows");
    file = new RandomAccessFile(path, "rw");
    if (!path.delete()) {
      path.deleteOnExit();
    }
    unwritten = new byte[FIRST_BYTES];
  }

  private void flush() throws IOException {
    file.seek(file.length());
    file.write(unwritten, 0, unwrittenSize);
    unwrittenSize = 0;
  }

  /**
   * Reads bytes that were appended.
   *
   * @param at where they begin
   * @return how many were read: as many as asked for, or all that there are from there on
   * @throws UncheckedIOException where the temporary file cannot be read
   */
  int read(long at, byte[] into) {
    int length = (int) Math.min(into.length, size - at);
    int here = (int) Math.max(0, Math.min(length, mostInMemory - at));
    if (here > 0) {
      System.arraycopy(memory, (int) at, into, 0, here);
    }
    if (here < length) {
      readSpilled(at + here - mostInMemory, into, here, length - here);
    }
    return length;
  }

  private synchronized void readSpilled(long at, byte[] into, int offset, int length) {
    try {
      if (unwrittenSize > 0) {
        flush();
      }
      file.seek(at);
      file.readFully(into, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException("candles cannot be read from their temporary file", e);
    }
  }
}
