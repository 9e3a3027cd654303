package io.quantumtrader.schemas.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a client shows who it is and whom it trusts.
 *
 * @param authorization value of the header with this name, for every address; empty for none. An
 *     address with {@code user:password@} in it goes by that where nothing is given here
 * @param ssl keys and trust for {@code https}; empty for the JVM's own
 */
public record RegistryAccess(Optional<String> authorization, Optional<SSLContext> ssl) {

  /** No credentials except those in the address, and the JVM's default trust. */
  public static RegistryAccess open() {
    return new RegistryAccess(Optional.empty(), Optional.empty());
  }

  /**
   * Returns the header value for a user and password.
   *
   * @param userInfo {@code user:password}
   */
  public static String basic(String userInfo) {
    return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the header value for a token. */
  public static String bearer(String token) {
    return "Bearer " + token;
  }

  Address address(String url) {
    URI uri = URI.create(url.replaceAll("/+$", ""));
    String raw = uri.getRawUserInfo();
    // The password must reach neither requests' lines nor messages.
    String shown = raw == null ? uri.toString() : uri.toString().replaceFirst("//[^@/]*@", "//");
    return new Address(
        shown,
        authorization.or(() -> Optional.ofNullable(uri.getUserInfo()).map(RegistryAccess::basic)));
  }

  /** An address without credentials, and the header to send there. */
  record Address(String url, Optional<String> authorization) {}

  /** Shows no secret. */
  @Override
  public String toString() {
    return "RegistryAccess[authorization=%s, ssl=%s]"
        .formatted(authorization.isPresent() ? "given" : "none", ssl.isPresent() ? "own" : "JVM");
  }
}
