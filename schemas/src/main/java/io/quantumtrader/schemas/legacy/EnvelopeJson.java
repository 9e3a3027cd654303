package io.quantumtrader.schemas.legacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.schemas.legacy.IntentReading.Reason;
import io.quantumtrader.schemas.legacy.IntentReading.Refused;

/** Parses the JSON of senders: numbers keep all their digits, and Python's NaN is let through. */
final class EnvelopeJson {

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
          .build()
          .readerFor(JsonNode.class);

  private EnvelopeJson() {}

  /** What a text holds: an object, or the reason why there is none. */
  record Parsed(JsonNode object, Refused refused) {}

  /**
   * Parses an object.
   *
   * @param where names the text in messages
   */
  static Parsed object(String text, String where) {
    try {
      JsonNode node = READER.readValue(text);
      if (node == null || !node.isObject()) {
        String kind = node == null ? "nothing" : node.getNodeType().name();
        return new Parsed(
            null,
            new Refused(
                Reason.NOT_AN_OBJECT, where + " is " + kind + " where an object is" + " expected"));
      }
      return new Parsed(node, null);
    } catch (JsonProcessingException notJson) {
      return new Parsed(
          null, new Refused(Reason.NOT_JSON, where + " is not JSON: " + oneLine(notJson)));
    }
  }

  private static String oneLine(JsonProcessingException failure) {
    return failure.getOriginalMessage().lines().findFirst().orElse("unknown reason");
  }
}
