package io.quantumtrader.replay.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;

/** Reads one file of a state, as {@link StateOutput} wrote it. */
final class StateInput implements AutoCloseable {

  private static final int NONE = -1;

  private final DataInputStream in;

  StateInput(Path file) throws IOException {
    in =
        new DataInputStream(
            new BufferedInputStream(new InflaterInputStream(Files.newInputStream(file))));
  }

  /** Reads an item. */
  @FunctionalInterface
  interface Item<T> {
    T read() throws IOException;
  }

  long number() throws IOException {
    return in.readLong();
  }

  boolean flag() throws IOException {
    return in.readBoolean();
  }

  String text() throws IOException {
    return new String(bytes(), UTF_8);
  }

  /** Returns bytes; null where none were written. */
  byte[] bytes() throws IOException {
    int length = in.readInt();
    if (length == NONE) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("it ends within a record");
    }
    return bytes;
  }

  <T> List<T> each(Item<T> item) throws IOException {
    int count = in.readInt();
    List<T> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(item.read());
    }
    return items;
  }

  NavigableMap<byte[], byte[]> rows() throws IOException {
    NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      byte[] key = bytes();
      rows.put(key, bytes());
    }
    return rows;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
