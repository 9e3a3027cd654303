package io.quantumtrader.compose.containers;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads compose files as {@code docker compose config} does, as far as these files need it: YAML
 * 1.1 with merge keys, interpolation, {@code include}, {@code extends} with a file, and the merge
 * of several files.
 */
final class ComposeYaml {

  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:(\\$)|\\{([A-Z][A-Z0-9_]*)(?:(:?[-?])([^}]*))?\\})");
  private static final Set<String> LISTS_REPLACED = Set.of("command", "entrypoint", "test");

  private final Map<String, String> environment;
  private final TreeMap<String, Set<String>> defaults = new TreeMap<>();

  /** Takes the values of variables; one that is blank counts as set, as it does for Docker. */
  ComposeYaml(Map<String, String> environment) {
    this.environment = environment;
  }

  /** A list that goes in the place of the one before. */
  private record Replacing(List<Object> values) {}

  /** Returns the merged files; what stands first gives way. */
  Map<String, Object> read(List<Path> files) throws IOException {
    Map<String, Object> project = new LinkedHashMap<>();
    for (Path file : files) {
      project = merged(project, one(file));
    }
    project.keySet().removeIf(key -> key.startsWith("x-"));
    return unwrapped(project);
  }

  /**
   * Returns one file as it stands, with its variables replaced and nothing included, extended or
   * merged. A list that is to go in the place of another is a plain one.
   */
  Map<String, Object> alone(Path file) throws IOException {
    return unwrapped(asMap(interpolated(parse(file))));
  }

  /** Returns every variable that was met, with the defaults it has in the files. */
  Map<String, Set<String>> variables() {
    return defaults;
  }

  private Map<String, Object> one(Path file) throws IOException {
    Map<String, Object> project = new LinkedHashMap<>(asMap(interpolated(parse(file))));
    Object included = project.remove("include");
    Map<String, Object> services = new LinkedHashMap<>();
    for (Map.Entry<String, Object> service : map(project, "services").entrySet()) {
      services.put(service.getKey(), extended(file, asMap(service.getValue())));
    }
    if (!services.isEmpty()) {
      project.put("services", services);
    }
    if (included instanceof List<?> paths) {
      for (Object path : paths) {
        Map<String, Object> other = one(file.resolveSibling(path.toString()));
        other.remove("name");
        project = merged(project, other);
      }
    }
    return project;
  }

  private Map<String, Object> extended(Path file, Map<String, Object> service) throws IOException {
    Map<String, Object> own = new LinkedHashMap<>(service);
    Object base = own.remove("extends");
    if (base == null) {
      return own;
    }
    Map<String, Object> from = asMap(base);
    Map<String, Object> project = one(file.resolveSibling(from.get("file").toString()));
    Object extended = map(project, "services").get(from.get("service").toString());
    if (extended == null) {
      throw new IOException(file + " extends a service that is not there: " + base);
    }
    return merged(asMap(extended), own);
  }

  private static Object parse(Path file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(200);
    try (Reader in = Files.newBufferedReader(file)) {
      return new Yaml(new WithOverride(options)).load(in);
    }
  }

  /** Knows Docker's own tag. */
  private static final class WithOverride extends SafeConstructor {
    WithOverride(LoaderOptions options) {
      super(options);
      yamlConstructors.put(
          new Tag("!override"),
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              return new Replacing(new ArrayList<>(constructSequence((SequenceNode) node)));
            }
          });
    }
  }

  private Object interpolated(Object value) {
    return switch (value) {
      case String text -> interpolated(text);
      case Replacing list -> new Replacing(interpolatedAll(list.values()));
      case List<?> list -> interpolatedAll(list);
      case Map<?, ?> map -> {
        Map<String, Object> all = new LinkedHashMap<>();
        map.forEach((key, item) -> all.put(key.toString(), interpolated(item)));
        yield all;
      }
      case null -> null;
      default -> value;
    };
  }

  private List<Object> interpolatedAll(List<?> values) {
    List<Object> all = new ArrayList<>();
    values.forEach(item -> all.add(interpolated(item)));
    return all;
  }

  private String interpolated(String text) {
    String rest = VARIABLE.matcher(text).replaceAll("");
    if (rest.contains("$")) {
      throw new IllegalArgumentException("a $ that is no variable: " + text);
    }
    return VARIABLE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match)));
  }

  private String value(java.util.regex.MatchResult match) {
    if (match.group(1) != null) {
      return "$";
    }
    String name = match.group(2);
    String operator = match.group(3) == null ? "" : match.group(3);
    String otherwise = match.group(4) == null ? "" : match.group(4);
    defaults.computeIfAbsent(name, absent -> new TreeSet<>()).add(otherwise);
    String given = environment.get(name);
    boolean missing = given == null || (operator.startsWith(":") && given.isEmpty());
    if (missing && !operator.endsWith("-")) {
      throw new IllegalArgumentException("variable without value and default: " + name);
    }
    return missing ? otherwise : given;
  }

  private static Map<String, Object> merged(Map<String, Object> before, Map<String, Object> after) {
    Map<String, Object> all = new LinkedHashMap<>(before);
    after.forEach((key, value) -> all.merge(key, value, (old, now) -> merged(key, old, now)));
    return all;
  }

  private static Object merged(String key, Object before, Object after) {
    if (before instanceof Map<?, ?> && after instanceof Map<?, ?>) {
      return merged(asMap(before), asMap(after));
    }
    if (before instanceof List<?> old && after instanceof List<?> now) {
      return LISTS_REPLACED.contains(key) ? now : joined(key, old, now);
    }
    return after;
  }

  /** Volumes are one for each target; everything else adds up. */
  private static List<Object> joined(String key, List<?> before, List<?> after) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (List<?> list : List.of(before, after)) {
      for (Object item : list) {
        String text = item.toString();
        all.put(key.equals("volumes") ? text.split(":", -1)[1] : text, item);
      }
    }
    return new ArrayList<>(all.values());
  }

  private static Map<String, Object> unwrapped(Map<String, Object> map) {
    Map<String, Object> all = new LinkedHashMap<>();
    map.forEach((key, value) -> all.put(key, unwrapped(value)));
    return all;
  }

  private static Object unwrapped(Object value) {
    if (value instanceof Replacing list) {
      return list.values();
    }
    return value instanceof Map<?, ?> ? unwrapped(asMap(value)) : value;
  }

  /** Returns a map in a map, empty where there is none. */
  static Map<String, Object> map(Map<String, Object> in, String key) {
    Object found = in.get(key);
    return found == null ? Map.of() : asMap(found);
  }

  @SuppressWarnings("unchecked") // keys of a parsed file are made strings above
  static Map<String, Object> asMap(Object value) {
    return (Map<String, Object>) value;
  }
}
