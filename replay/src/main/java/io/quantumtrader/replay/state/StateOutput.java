package io.quantumtrader.replay.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes one file of a state, deflated. What {@link StateInput} reads, in the same order. */
final class StateOutput implements AutoCloseable {

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final DataOutputStream out;

  StateOutput(Path file) throws IOException {
    out =
        new DataOutputStream(
            new BufferedOutputStream(
                new DeflaterOutputStream(Files.newOutputStream(file), deflater)));
  }

  /** Writes an item. */
  @FunctionalInterface
  interface Item<T> {
    void write(T item) throws IOException;
  }

  void number(long number) throws IOException {
    out.writeLong(number);
  }

  void flag(boolean flag) throws IOException {
    out.writeBoolean(flag);
  }

  void text(String text) throws IOException {
    bytes(text.getBytes(UTF_8));
  }

  /**
   * Writes bytes.
   *
   * @param bytes null for none
   */
  void bytes(byte[] bytes) throws IOException {
    if (bytes == null) {
      out.writeInt(-1);
    } else {
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  <T> void each(Collection<T> items, Item<T> item) throws IOException {
    out.writeInt(items.size());
    for (T each : items) {
      item.write(each);
    }
  }

  void rows(Map<byte[], byte[]> rows) throws IOException {
    each(
        rows.entrySet(),
        row -> {
          bytes(row.getKey());
          bytes(row.getValue());
        });
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      deflater.end();
    }
  }
}
