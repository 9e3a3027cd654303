package io.quantumtrader.schemas.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads an {@code .avsc} file as Avro's own parser does: with comments, and in the encoding that
 * its byte order mark says, UTF-8 without one.
 */
final class SchemaText {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SchemaText() {}

  /**
   * Returns the text of a file, without a byte order mark.
   *
   * @throws SchemaHistoryException where it cannot be read or is not text
   */
  static String read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      for (Map.Entry<Charset, byte[]> mark : marks().entrySet()) {
        byte[] start = mark.getValue();
        if (bytes.length >= start.length
            && Arrays.equals(start, Arrays.copyOf(bytes, start.length))) {
          return decoded(bytes, start.length, mark.getKey());
        }
      }
      return decoded(bytes, 0, StandardCharsets.UTF_8);
    } catch (CharacterCodingException wrongEncoding) {
      throw new SchemaHistoryException(file + " is not text in UTF-8", wrongEncoding);
    } catch (IOException unreadable) {
      throw new SchemaHistoryException(file + " cannot be read", unreadable);
    }
  }

  private static String decoded(byte[] bytes, int from, Charset charset)
      throws CharacterCodingException {
    ByteBuffer content = ByteBuffer.wrap(bytes, from, bytes.length - from);
    return charset.newDecoder().decode(content).toString();
  }

  /** The mark of UTF-32 in the order of little ends begins like that of UTF-16: it goes first. */
  private static Map<Charset, byte[]> marks() {
    Map<Charset, byte[]> marks = new LinkedHashMap<>();
    marks.put(Charset.forName("UTF-32LE"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0});
    marks.put(Charset.forName("UTF-32BE"), new byte[] {0, 0, (byte) 0xfe, (byte) 0xff});
    marks.put(StandardCharsets.UTF_16LE, new byte[] {(byte) 0xff, (byte) 0xfe});
    marks.put(StandardCharsets.UTF_16BE, new byte[] {(byte) 0xfe, (byte) 0xff});
    marks.put(StandardCharsets.UTF_8, new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
    return marks;
  }

  /**
   * Returns the JSON in a file.
   *
   * @throws SchemaHistoryException as {@link #read}, and where it is not JSON
   */
  static JsonNode json(Path file) {
    try {
      return JSON.readTree(read(file));
    } catch (JsonProcessingException invalid) {
      throw new SchemaHistoryException(
          file + " is not JSON: " + invalid.getOriginalMessage(), invalid);
    }
  }
}
