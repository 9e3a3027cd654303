package io.quantumtrader.compose;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tries an address that was given in place of a part, so that a mistyped one is told at once and by
 * name. Only a connection is made: credentials are the clients' own affair.
 */
final class GivenAddress {
  private static final int CONNECTS_WITHIN_MS = 5_000;
  private static final int REDIS_PORT = 6379;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private GivenAddress() {}

  /**
   * Checks that somebody listens at one of the addresses at least.
   *
   * @throws StackException if the text is no address, or nobody listens
   */
  static void check(StackPart part, String text) {
    List<String> failures = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      InetSocketAddress given = parse(part, one.strip());
      InetSocketAddress address = new InetSocketAddress(given.getHostString(), given.getPort());
      try (Socket socket = new Socket()) {
        socket.connect(address, CONNECTS_WITHIN_MS);
        return;
      } catch (IOException e) {
        failures.add(
            "%s:%d: %s".formatted(address.getHostString(), address.getPort(), e.getMessage()));
      }
    }
    throw new StackException("nothing listens there: " + String.join("; ", failures));
  }

  /**
   * Checks that a text is an address, or several with commas between, without trying it.
   *
   * @throws StackException if it is none
   */
  static void requireOne(StackPart part, String text) {
    for (String one : text.split(",", -1)) {
      InetSocketAddress unused = parse(part, one.strip());
    }
  }

  private static InetSocketAddress parse(StackPart part, String text) {
    try {
      URI uri = URI.create(part == StackPart.BROKER ? "kafka://" + text : text);
      int port = uri.getPort() >= 0 ? uri.getPort() : usualPort(uri);
      if (uri.getHost() != null && port > 0) {
        return InetSocketAddress.createUnresolved(uri.getHost(), port);
      }
    } catch (IllegalArgumentException e) {
      throw new StackException(part.title() + ": this is not an address: " + text, e);
    }
    throw new StackException(part.title() + ": this is not an address: " + text);
  }

  private static int usualPort(URI uri) {
    return switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
      case "redis", "rediss" -> REDIS_PORT;
      case "http" -> HTTP_PORT;
      case "https" -> HTTPS_PORT;
      default -> -1;
    };
  }
}
