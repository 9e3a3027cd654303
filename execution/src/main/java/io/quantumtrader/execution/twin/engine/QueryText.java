package io.quantumtrader.execution.twin.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters in the form of a query, as they were sent. */
public final class QueryText {
  private static final String SIGNATURE = "signature=";

  private QueryText() {}

  /** Returns the parameters, decoded, in their order; of repeated ones the last. */
  public static Map<String, String> parse(String raw) {
    Map<String, String> found = new LinkedHashMap<>();
    int from = 0;
    while (from < raw.length()) {
      int end = raw.indexOf('&', from);
      String pair = end < 0 ? raw.substring(from) : raw.substring(from, end);
      int equals = pair.indexOf('=');
      if (equals > 0) {
        found.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
      from = end < 0 ? raw.length() : end + 1;
    }
    return found;
  }

  /** Returns it without the signature, which is what was signed. */
  public static String unsigned(String raw) {
    int at = raw.startsWith(SIGNATURE) ? 0 : raw.indexOf("&" + SIGNATURE);
    if (at < 0) {
      return raw;
    }
    int end = raw.indexOf('&', at + 1);
    String rest = end < 0 ? "" : raw.substring(end);
    return raw.substring(0, at) + (at == 0 && !rest.isEmpty() ? rest.substring(1) : rest);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
