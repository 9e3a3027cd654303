package io.quantumtrader.binance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;

/**
 * What came of a request. Only a {@link Success} and a {@link Refused} are answers about it; after
 * an {@link Unanswered} it may have been done, may be done yet or may have been lost.
 */
public sealed interface Reply {

  /** What forbids to ask. */
  enum Limit {
    /** The weight of requests from this address. */
    WEIGHT,
    /** The orders of this account. */
    ORDERS,
    /** This address is banned, because it went on asking. */
    BAN
  }

  /** It was done; the answer is JSON. */
  record Success(JsonNode body) implements Reply {}

  /**
   * The exchange refused; nothing changed.
   *
   * @param status HTTP status
   * @param code the exchange's code, below 0; 0 where it gave none
   * @param message the exchange's own words, one line
   */
  record Refused(int status, int code, String message) implements Reply {}

  /**
   * Nobody knows what became of it.
   *
   * @param why one line
   * @param sent whether it left this process; otherwise it is known that nothing came of it
   */
  record Unanswered(String why, boolean sent) implements Reply {

    /** Creates it for a request that was sent. */
    public Unanswered(String why) {
      this(why, true);
    }
  }

  /**
   * Too much was asked; the request was not done.
   *
   * @param limit what forbids it
   * @param untilMs when to ask again, wall time, epoch milliseconds UTC
   * @param message one line
   */
  record Limited(Limit limit, long untilMs, String message) implements Reply {}

  /** With these the exchange says itself that it does not know what became of the request. */
  Set<Integer> UNKNOWN_OUTCOME = Set.of(-1000, -1001, -1006, -1007);

  /** Overload: the request was turned away before it was looked at. */
  int OVERLOADED = -1008;

  /** Too many requests. */
  int TOO_MANY_REQUESTS = -1003;

  /** Too many orders. */
  int TOO_MANY_ORDERS = -1015;

  /**
   * Reads an answer.
   *
   * @param status HTTP status
   * @param body as it came
   * @param untilMs when to ask again where it is a matter of limits, epoch milliseconds UTC
   */
  static Reply of(int status, String body, long untilMs) {
    JsonNode json = Json.read(body);
    int code = json.path("code").asInt(0);
    String message = Json.oneLine(json.path("msg").asText(body));
    if (code == TOO_MANY_ORDERS) {
      return new Limited(Limit.ORDERS, untilMs, message);
    }
    if (status == 418 || status == 429 || code == TOO_MANY_REQUESTS) {
      return new Limited(status == 418 ? Limit.BAN : Limit.WEIGHT, untilMs, message);
    }
    if (status == 200 && !(code < 0 && json.has("msg"))) {
      return json.isMissingNode()
          ? new Unanswered("the answer is not JSON: " + message)
          : new Success(json);
    }
    if (code == OVERLOADED) {
      return new Refused(status, code, message);
    }
    boolean unknown = status >= 500 || code == 0 || UNKNOWN_OUTCOME.contains(code);
    return unknown
        ? new Unanswered("status " + status + ", code " + code + ": " + message)
        : new Refused(status, code, message);
  }

  /** Reads bodies; money never becomes a double. */
  final class Json {

    private static final int LONGEST = 200;

    private static final JsonMapper MAPPER =
        JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private Json() {}

    /** Returns what was read, or a missing node where it is not JSON. */
    static JsonNode read(String body) {
      try {
        return MAPPER.readTree(body);
      } catch (JsonProcessingException notJson) {
        return MAPPER.missingNode();
      }
    }

    /** Returns a text on one line, cut to 200 characters. */
    static String oneLine(String text) {
      String line = text.replaceAll("\\s+", " ").strip().replaceAll("\\p{Cntrl}", "");
      return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
  }
}
