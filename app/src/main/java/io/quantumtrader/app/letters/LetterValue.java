package io.quantumtrader.app.letters;

import io.quantumtrader.console.tap.RecordJson;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** The value of a letter as something to read: a record, a text, or hexadecimal digits. */
final class LetterValue {

  private static final int MOST_BYTES = 2_048;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private LetterValue() {}

  /** Returns how it is shown: the record's type, text, hex or none. */
  static String kind(Optional<SpecificRecord> value, byte[] bytes) {
    if (bytes == null) {
      return "none";
    }
    return value
        .map(record -> record.getSchema().getName())
        .orElseGet(() -> decoded(bytes).isPresent() ? "text" : "hex");
  }

  /** Returns it; of long bytes the beginning. */
  static String text(Optional<SpecificRecord> value, byte[] bytes) {
    if (bytes == null) {
      return "";
    }
    return value
        .map(record -> RecordJson.of(record).toString())
        .or(() -> decoded(bytes).map(text -> cut(text, MOST_BYTES)))
        .orElseGet(
            () ->
                HEX.formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, MOST_BYTES)))
                    + (bytes.length > MOST_BYTES ? " …" : ""));
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  /** A text is what can be read as one and has no control characters but those of lines. */
  private static Optional<String> decoded(byte[] bytes) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      boolean plain = text.chars().allMatch(each -> each >= ' ' || Character.isWhitespace(each));
      return plain && bytes.length > 0 ? Optional.of(text.toString()) : Optional.empty();
    } catch (CharacterCodingException none) {
      return Optional.empty();
    }
  }

  /** Returns the account that a record is about; empty where it is about none. */
  static String account(SpecificRecord record) {
    Schema.Field field = record.getSchema().getField("account");
    return field == null ? "" : String.valueOf(record.get(field.pos()));
  }
}
