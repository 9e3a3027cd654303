package io.quantumtrader.schemas.registry;

import io.quantumtrader.schemas.registry.SchemaNotFoundException.Missing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A registry in memory, for what runs without a broker. As in a real one, equal schemas have one
 * id, whatever subjects they are in, and ids are given in the order of registration from 1 on; it
 * checks no compatibility.
 */
public final class MemorySchemaRegistry implements SchemaRegistry {

  private final String name;
  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();
  private final Map<String, Compatibility> levels = new LinkedHashMap<>();

  /**
   * Creates an empty registry.
   *
   * @param name what it is called in messages
   */
  public MemorySchemaRegistry(String name) {
    this.name = name;
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
    return new SchemaNotFoundException(what, "registry " + name + ": " + message, null);
  }

  /** Does nothing: the registry outlives the one who asked for it. */
  @Override
  public void close() {}
}
