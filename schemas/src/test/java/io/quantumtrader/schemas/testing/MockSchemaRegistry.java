package io.quantumtrader.schemas.testing;

import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.registry.RegisteredSchema;
import io.quantumtrader.schemas.registry.RegistryVerdict;
import io.quantumtrader.schemas.registry.SchemaNotFoundException;
import io.quantumtrader.schemas.registry.SchemaNotFoundException.Missing;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A registry in memory, for test drivers. All that ask for the same name share one for as long as
 * the JVM lives. As in a real one, equal schemas have one id, whatever subjects they are in; it
 * checks no compatibility.
 */
public final class MockSchemaRegistry implements SchemaRegistry {

  private static final Map<String, MockSchemaRegistry> NAMED = new ConcurrentHashMap<>();

  private final String name;
  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();
  private final Map<String, Compatibility> levels = new LinkedHashMap<>();

  private MockSchemaRegistry(String name) {
    this.name = name;
  }

  /** Returns the registry with this name; the first call makes an empty one. */
  public static MockSchemaRegistry named(String name) {
    return NAMED.computeIfAbsent(name, MockSchemaRegistry::new);
  }

  @Override
  public synchronized int register(String subject, Schema schema) {
    int index = schemas.indexOf(schema);
    if (index < 0) {
      schemas.add(schema);
      index = schemas.size() - 1;
    }
    List<Integer> versions = subjects.computeIfAbsent(subject, any -> new ArrayList<>());
    if (!versions.contains(index + 1)) {
      versions.add(index + 1);
    }
    return index + 1;
  }

  @Override
  public synchronized int idOf(String subject, Schema schema) {
    int id = schemas.indexOf(schema) + 1;
    if (!idsOf(subject).contains(id)) {
      throw missing(
          Missing.SCHEMA, "subject " + subject + " has no schema like " + schema.getFullName());
    }
    return id;
  }

  @Override
  public synchronized Schema schemaById(int id) {
    if (id < 1 || id > schemas.size()) {
      throw missing(Missing.SCHEMA, "no schema has the id " + id);
    }
    return schemas.get(id - 1);
  }

  @Override
  public synchronized RegisteredSchema latest(String subject) {
    return version(subject, idsOf(subject).size());
  }

  @Override
  public synchronized RegisteredSchema version(String subject, int version) {
    List<Integer> ids = idsOf(subject);
    if (version < 1 || version > ids.size()) {
      throw missing(Missing.VERSION, "subject " + subject + " has no version " + version);
    }
    int id = ids.get(version - 1);
    return new RegisteredSchema(subject, version, id, schemas.get(id - 1));
  }

  @Override
  public synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  @Override
  public synchronized List<Integer> versions(String subject) {
    List<Integer> versions = new ArrayList<>();
    for (int version = 1; version <= idsOf(subject).size(); version++) {
      versions.add(version);
    }
    return versions;
  }

  @Override
  public synchronized Optional<Compatibility> compatibility(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  @Override
  public synchronized void setCompatibility(String subject, Compatibility level) {
    levels.put(subject, level);
  }

  /** Says yes to everything: this one checks nothing. */
  @Override
  public synchronized RegistryVerdict compatibilityWith(
      String subject, int version, Schema schema) {
    RegisteredSchema unused = version(subject, version);
    return new RegistryVerdict(true, List.of());
  }

  private List<Integer> idsOf(String subject) {
    List<Integer> ids = subjects.get(subject);
    if (ids == null) {
      throw missing(Missing.SUBJECT, "there is no subject " + subject);
    }
    return ids;
  }

  private SchemaNotFoundException missing(Missing what, String message) {
    return new SchemaNotFoundException(what, "mock registry " + name + ": " + message, null);
  }

  /** Does nothing: the registry outlives the one who asked for it. */
  @Override
  public void close() {}
}
