package io.quantumtrader.app.watch;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of texts: the values that this process knows to be some, and whatever stands
 * behind a name that says so.
 */
final class Stripped {

  private static final String NOTHING = "***";

  /** A shorter value would be found in places where it is none. */
  private static final int SHORTEST = 6;

  private static final List<String> SECRET_NAMES =
      List.of("password", "secret", "token", "apikey", "api_key", "jaas", "private", "credential");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:[\\w.-]*(?:password|passwd|secret|token|api[_-]?key|signature|listenkey)"
              + "|x-mbx-apikey|authorization)[\"']?\\s*[=:]\\s*[\"']?(?:(?:bearer|basic)\\s+)?)"
              + "([^\\s\"'&,;}]+)");

  private static final Pattern IN_URL = Pattern.compile("(://[^/\\s:@]*:)([^@/\\s]+)(@)");

  private final List<String> values;

  /**
   * Knows these values as secrets; those that are too short to be found without doubt are left out.
   */
  Stripped(Collection<String> values) {
    this.values =
        values.stream()
            .filter(value -> value.length() >= SHORTEST)
            .distinct()
            .sorted((one, other) -> Integer.compare(other.length(), one.length()))
            .toList();
  }

  /** Knows what settings and variables hold under names that say it is a secret. */
  static Stripped of(Map<String, ?> settings, Map<String, String> environment) {
    return new Stripped(Stream.concat(secrets(settings), secrets(environment)).toList());
  }

  private static Stream<String> secrets(Map<String, ?> named) {
    return named.entrySet().stream()
        .filter(entry -> isSecret(entry.getKey()))
        .map(entry -> String.valueOf(entry.getValue()));
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET_NAMES.stream().anyMatch(lower::contains);
  }

  /** Returns a line without what is secret in it. */
  String line(String line) {
    String stripped = line;
    for (String value : values) {
      stripped = stripped.replace(value, NOTHING);
    }
    stripped = IN_URL.matcher(stripped).replaceAll("$1" + Matcher.quoteReplacement(NOTHING) + "$3");
    return NAMED.matcher(stripped).replaceAll("$1" + Matcher.quoteReplacement(NOTHING));
  }
}
