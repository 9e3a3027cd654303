package io.quantumtrader.market;

import io.quantumtrader.schemas.legacy.IntentLine;
import io.quantumtrader.schemas.legacy.IntentReading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Intents from a file of JSON lines, plain or gzip, each in the schema's own spelling or the flat
 * legacy one; see {@link IntentLine}. A line that is no intent is kept with its reason, to end as a
 * dead letter, and the rest is still read; blank lines are skipped.
 */
public final class IntentFile {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final List<TimedIntent> intents = new ArrayList<>();
  private final List<UnreadableIntent> unreadable = new ArrayList<>();

  private IntentFile() {}

  /**
   * Reads a file.
   *
   * @throws UncheckedIOException where it cannot be read, breaks off, or is something else than
   *     lines of JSON in UTF-8; the message names it
   */
  public static IntentQueue read(Path path) {
    IntentFile file = new IntentFile();
    try (InputStream bytes = InputFile.open(path)) {
      refuseForeign(path, InputFile.head(bytes, FileKind.HEAD));
      file.readLines(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(
          path + " cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage(), e);
    }
    return new IntentQueue(file.intents, file.unreadable);
  }

  // Each line would end as a dead letter for what is wrong with the file as a whole.
  private static void refuseForeign(Path path, byte[] head) throws IOException {
    Optional<String> foreign = FileKind.foreign(path.toString(), head, "JSON lines, plain or gzip");
    if (foreign.isPresent()) {
      throw refused(foreign.get());
    }
    String text = new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
    if (text.startsWith("[") && text.substring(1).stripLeading().startsWith("{")) {
      throw refused(
          "%s is one JSON list, expected an object on each line; convert it: jq -c '.[]' '%s'"
              .formatted(path, path));
    }
  }

  private static UncheckedIOException refused(String sentence) {
    return new UncheckedIOException(sentence, new IOException(sentence));
  }

  // By bytes, because a line that cannot be read is kept as it is.
  private void readLines(InputStream bytes) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long number = 1;
    int next;
    while ((next = bytes.read()) >= 0) {
      if (next == '\n') {
        take(line.toByteArray(), number++);
        line.reset();
      } else {
        line.write(next);
      }
    }
    take(line.toByteArray(), number);
  }

  private void take(byte[] raw, long number) {
    byte[] line = trimmed(raw, number);
    String text = new String(line, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return;
    }
    switch (IntentLine.read(text, number)) {
      case IntentReading.Accepted accepted ->
          intents.add(new TimedIntent(number, accepted.intent()));
      case IntentReading.Refused refused ->
          unreadable.add(
              new UnreadableIntent(
                  new RejectedLine(number, "", refused.reason() + ": " + refused.text()), line));
    }
  }

  private static byte[] trimmed(byte[] raw, long number) {
    int from = number == 1 && startsWithMark(raw) ? BYTE_ORDER_MARK.length : 0;
    int to = raw.length > from && raw[raw.length - 1] == '\r' ? raw.length - 1 : raw.length;
    return Arrays.copyOfRange(raw, from, to);
  }

  private static boolean startsWithMark(byte[] raw) {
    return raw.length >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            raw, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }
}
