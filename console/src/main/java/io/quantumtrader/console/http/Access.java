package io.quantumtrader.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may ask, and who may change something. Whoever reaches the address may look; what changes
 * something needs the token, in a header that no other site's page can send.
 *
 * <p>Only requests for localhost, for an address in numbers or for a name that was given are
 * answered: a page of another site whose name leads here (DNS rebinding) names itself.
 */
final class Access {

  private static final String BEARER = "Bearer ";
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+]");

  private final Set<String> names = new HashSet<>(Set.of("localhost"));
  private final byte[] token;

  /**
   * Creates it.
   *
   * @param names names under which it may be asked
   * @param token what an operator has to show
   */
  Access(Collection<String> names, String token) {
    names.forEach(name -> this.names.add(name.toLowerCase(Locale.ROOT)));
    this.token = token.getBytes(UTF_8);
  }

  /**
   * Refuses a request that names another host than this one.
   *
   * @throws BadRequestException if it does
   */
  void requireOwnHost(HttpExchange exchange) {
    String host = first(exchange.getRequestHeaders(), "Host");
    String name = withoutPort(host);
    if (!names.contains(name) && !ADDRESS.matcher(name).matches()) {
      throw new BadRequestException(
          421, "'" + host + "' is no name of this server; --console-names adds one");
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * Refuses a change that comes from a page of another site.
   *
   * @throws BadRequestException if it does
   */
  void requireSameSite(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String site = first(headers, "Sec-Fetch-Site");
    String origin = first(headers, "Origin");
    boolean otherSite = !site.isEmpty() && !site.equals("same-origin") && !site.equals("none");
    boolean otherOrigin =
        !origin.isEmpty() && !authority(origin).equalsIgnoreCase(first(headers, "Host"));
    if (otherSite || otherOrigin) {
      throw new BadRequestException(403, "a page of another site may not change anything here");
    }
  }

  private static String authority(String origin) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority == null ? "" : authority;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Returns whether a request shows the token; compared in constant time. */
  boolean isOperator(HttpExchange exchange) {
    String shown = first(exchange.getRequestHeaders(), "Authorization");
    return shown.startsWith(BEARER)
        && MessageDigest.isEqual(shown.substring(BEARER.length()).getBytes(UTF_8), token);
  }

  private static String first(Headers headers, String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }
}
