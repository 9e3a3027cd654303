package io.quantumtrader.execution.twin.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.execution.twin.engine.QueryText;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a connection asks for by its address.
 *
 * @param combined whether events come wrapped with the name of their stream
 * @param streams names of streams, or listen keys
 */
record StreamPath(Category category, boolean combined, List<String> streams) {

  /** Which streams an address has. */
  enum Category {
    /** The book. */
    PUBLIC,
    /** Candles, marks and trades. */
    MARKET,
    /** User data. */
    PRIVATE,
    /** Requests, no streams. */
    API,
    /** All of them: the address before they were split. */
    ANY;

    /** Returns whether a market stream is told here. */
    boolean tells(String stream) {
      boolean book = stream.contains("@bookTicker") || stream.contains("@depth");
      return switch (this) {
        case PUBLIC -> book;
        case MARKET -> !book;
        case PRIVATE, API -> false;
        case ANY -> true;
      };
    }

    /** Returns whether user data is told here. */
    boolean tellsUsers() {
      return this == PRIVATE || this == ANY;
    }
  }

  /** Reads the address of a connection, as sent. */
  static StreamPath parse(String resource) {
    int question = resource.indexOf('?');
    String path = question < 0 ? resource : resource.substring(0, question);
    String query = question < 0 ? "" : resource.substring(question + 1);
    Category category = category(path);
    if (category == Category.API) {
      return new StreamPath(category, false, List.of());
    }
    String rest = category == Category.ANY ? path : path.substring(path.indexOf('/', 1));
    boolean combined = rest.startsWith("/stream");
    List<String> streams = new ArrayList<>();
    if (rest.startsWith("/ws/")) {
      addEach(streams, URLDecoder.decode(rest.substring("/ws/".length()), UTF_8));
    }
    var parameters = QueryText.parse(query);
    addEach(streams, parameters.getOrDefault("streams", ""));
    addEach(streams, parameters.getOrDefault("listenKey", ""));
    return new StreamPath(category, combined, List.copyOf(streams));
  }

  private static Category category(String path) {
    if (path.startsWith("/ws-fapi/")) {
      return Category.API;
    }
    if (path.startsWith("/public/")) {
      return Category.PUBLIC;
    }
    if (path.startsWith("/market/")) {
      return Category.MARKET;
    }
    return path.startsWith("/private/") ? Category.PRIVATE : Category.ANY;
  }

  private static void addEach(List<String> streams, String text) {
    int from = 0;
    while (from < text.length()) {
      int slash = text.indexOf('/', from);
      int end = slash < 0 ? text.length() : slash;
      if (end > from) {
        streams.add(text.substring(from, end));
      }
      from = end + 1;
    }
  }
}
