package io.quantumtrader.app.parts;

import io.quantumtrader.app.parts.ExchangeAccess.Kind;
import io.quantumtrader.binance.BinanceEnvironment;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which addresses of an exchange may be used together, and for which money. Asks no network. */
final class ExchangeAddresses {

  private static final String URL = "--exchange-url";
  private static final String STREAMS = "--exchange-streams";
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0*:)*0*1]", Pattern.CASE_INSENSITIVE);

  /** Whose an address is. */
  private enum Owner {
    REAL,
    DEMO,
    OTHER
  }

  private ExchangeAddresses() {}

  /**
   * Returns what is wrong with addresses that were given, in one sentence; empty: nothing.
   *
   * @param url of requests; may be null
   * @param streams of streams; may be null
   */
  static Optional<String> flaw(Kind kind, URI url, URI streams) {
    return realMoney(kind, URL, url)
        .or(() -> realMoney(kind, STREAMS, streams))
        .or(() -> form(URL, url, Set.of("https", "http"), "https"))
        .or(() -> form(STREAMS, streams, Set.of("wss", "ws"), "wss"))
        .or(() -> together(kind, url, streams));
  }

  private static Optional<String> realMoney(Kind kind, String option, URI given) {
    if (given == null || kind == Kind.BINANCE || owner(given) != Owner.REAL) {
      return Optional.empty();
    }
    return Optional.of(
        "%s %s is Binance with real money, which only --exchange binance trades; this is %s"
            .formatted(option, given, kind.name()));
  }

  /** What is sent in the clear is read by whoever stands between: keys, orders, and answers. */
  private static Optional<String> form(
      String option, URI given, Set<String> schemes, String secure) {
    if (given == null) {
      return Optional.empty();
    }
    String scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
    boolean whole =
        schemes.contains(scheme)
            && given.getHost() != null
            && given.getRawUserInfo() == null
            && given.getRawQuery() == null
            && given.getRawFragment() == null;
    if (!whole) {
      return Optional.of("%s must be like %s://host, not '%s'".formatted(option, secure, given));
    }
    return scheme.equals(secure) || LOOPBACK.matcher(given.getHost()).matches()
        ? Optional.empty()
        : Optional.of(
            "%s %s is not encrypted, which only this machine's own addresses may be: give %s://"
                .formatted(option, given, secure));
  }

  private static Optional<String> together(Kind kind, URI url, URI streams) {
    if ((url == null) != (streams == null)) {
      return Optional.of(
          "%s without %s would mix two exchanges: give both%s"
              .formatted(
                  url == null ? STREAMS : URL,
                  url == null ? URL : STREAMS,
                  kind == Kind.TWIN ? "" : ", or neither"));
    }
    if (url == null) {
      return Optional.empty();
    }
    boolean demoForReal =
        kind == Kind.BINANCE && (owner(url) == Owner.DEMO || owner(streams) == Owner.DEMO);
    return demoForReal
        ? Optional.of(
            "%s %s with %s %s is Binance's demo environment: give --exchange demo"
                .formatted(URL, url, STREAMS, streams))
        : Optional.empty();
  }

  /** Binance has more hosts than those that are its defaults; a name may end with a dot. */
  private static Owner owner(URI at) {
    String host = at.getHost() == null ? "" : at.getHost().toLowerCase(Locale.ROOT);
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (name.equals(BinanceEnvironment.DEMO.rest().getHost())
        || name.equals(BinanceEnvironment.DEMO.marketStreams().getHost())) {
      return Owner.DEMO;
    }
    return name.equals("binance.com") || name.endsWith(".binance.com") ? Owner.REAL : Owner.OTHER;
  }
}
