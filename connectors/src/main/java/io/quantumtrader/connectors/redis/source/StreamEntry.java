package io.quantumtrader.connectors.redis.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of a stream, as its bytes are.
 *
 * @param stream key of the stream
 * @param id its id
 * @param fields names and values in their order, names may repeat; null where the entry was deleted
 *     or trimmed away after a group had been given it
 */
public record StreamEntry(String stream, StreamId id, List<Field> fields) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * A field.
   *
   * @param name its name, bytes
   * @param value its value, bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; bytes are what Redis holds
  public record Field(byte[] name, byte[] value) {}

  /** Returns whether only the id is left of it. */
  public boolean isDeleted() {
    return fields == null;
  }

  /**
   * Returns the fields as text; of a name that repeats the last value counts, as with any client
   * that reads entries as maps.
   *
   * @throws UnreadableEntryException if one is not UTF-8
   */
  public Map<String, String> text() {
    Map<String, String> text = new LinkedHashMap<>();
    for (Field field : fields) {
      String name = decode(field.name()).orElseThrow(() -> notText("a field name"));
      text.put(name, decode(field.value()).orElseThrow(() -> notText("field " + name)));
    }
    return text;
  }

  /**
   * Returns the whole entry as a JSON object, UTF-8: fields in their order, repeated names
   * repeated, values as text or, where they are none, as {@code {"base64": "..."}}. Null for a
   * deleted one.
   */
  public byte[] toJson() {
    if (isDeleted()) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      for (Field field : fields) {
        json.writeFieldName(new String(field.name(), UTF_8));
        Optional<String> text = decode(field.value());
        if (text.isPresent()) {
          json.writeString(text.get());
        } else {
          json.writeStartObject();
          json.writeStringField("base64", Base64.getEncoder().encodeToString(field.value()));
          json.writeEndObject();
        }
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
    return bytes.toByteArray();
  }

  private static Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  private static UnreadableEntryException notText(String what) {
    return new UnreadableEntryException("NOT_TEXT", what + " is not UTF-8");
  }
}
