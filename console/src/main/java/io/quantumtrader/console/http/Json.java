package io.quantumtrader.console.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.quantumtrader.console.tap.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/**
 * Rows as JSON: decimals as plain text, so that no reader makes doubles of money; numbers that are
 * not finite as text.
 */
public final class Json {

  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  private static ObjectMapper mapper() {
    SimpleModule decimals = new SimpleModule("quantum");
    decimals.addSerializer(BigDecimal.class, new PlainDecimal());
    return JsonMapper.builder().addModule(decimals).build();
  }

  /** Returns a row, or a list of rows, as a JSON text. */
  public static String text(Object rows) {
    try {
      return MAPPER.writeValueAsString(rows);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a row, or a list of rows, as a JSON tree. */
  public static JsonNode tree(Object rows) {
    return MAPPER.valueToTree(rows);
  }

  /**
   * Reads a JSON text.
   *
   * @throws JsonProcessingException where it is none
   */
  static JsonNode read(byte[] text) throws IOException {
    return MAPPER.readTree(text);
  }

  private static final class PlainDecimal extends StdSerializer<BigDecimal> {
    private static final long serialVersionUID = 1L;

    private PlainDecimal() {
      super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal number, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(RecordJson.plain(number));
    }
  }
}
