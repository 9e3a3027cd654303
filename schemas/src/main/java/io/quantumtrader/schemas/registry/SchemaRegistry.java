package io.quantumtrader.schemas.registry;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A schema registry as Confluent's REST API describes it. Implementations may be used from several
 * threads, and cache what cannot change: the schema of an id and the id of a schema in a subject.
 *
 * <p>All methods throw {@link RegistryUnavailableException} when the registry cannot be reached
 * after all retries, {@link SchemaNotFoundException} when it knows no such subject, version, schema
 * or id, {@link SchemaRejectedException} when it refuses a schema, and {@link RegistryException}
 * for any other refusal.
 */
public interface SchemaRegistry extends AutoCloseable {

  /** Registers the schema in the subject, or finds it there, and returns its id. */
  int register(String subject, Schema schema);

  /** Returns the id that the schema has in the subject; registers nothing. */
  int idOf(String subject, Schema schema);

  /** Returns the schema with this id, whichever subject it belongs to. */
  Schema schemaById(int id);

  /** Returns the newest version of the subject; never out of a cache. */
  RegisteredSchema latest(String subject);

  /** Returns a version of the subject, 1 or more. */
  RegisteredSchema version(String subject, int version);

  /** Returns the names of all subjects. */
  List<String> subjects();

  /** Returns the versions of the subject, ascending. */
  List<Integer> versions(String subject);

  /**
   * Returns the compatibility level set for the subject itself, or empty where the registry's
   * global level holds.
   */
  Optional<Compatibility> compatibility(String subject);

  /**
   * Sets the compatibility level of a subject. Some registries know only subjects that have a
   * version; they answer with {@link SchemaNotFoundException} before.
   */
  void setCompatibility(String subject, Compatibility level);

  /**
   * Asks whether the registry would take the schema beside one version that the subject has, in the
   * directions of the subject's level.
   *
   * @param version 1 or more
   */
  RegistryVerdict compatibilityWith(String subject, int version, Schema schema);

  @Override
  void close();
}
