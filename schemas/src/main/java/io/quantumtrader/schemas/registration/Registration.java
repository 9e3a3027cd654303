package io.quantumtrader.schemas.registration;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import io.quantumtrader.schemas.serde.SerdeConfig;
import io.quantumtrader.schemas.serde.Subjects;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicCreation;
import io.quantumtrader.schemas.topic.TopicDrift;
import io.quantumtrader.schemas.topic.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;

/**
 * The registration step: everything that must exist before the application runs. Topics are
 * created, all schemas registered under {@link Compatibility#FULL_TRANSITIVE}, and the default
 * policy is written where there is none. Doing it again changes nothing.
 */
public final class Registration {

  private final Map<String, Object> clients;
  private final TopicSettings settings;
  private final Duration timeout;

  /**
   * Creates the step.
   *
   * @param clients client configuration: {@code bootstrap.servers} and what else Kafka's clients
   *     need, {@code schema.registry.url} and what else {@link SerdeConfig} knows
   * @param settings how the installation wants its topics
   * @param timeout for each answer of the broker, and for reading the policy topic
   */
  public Registration(Map<String, ?> clients, TopicSettings settings, Duration timeout) {
    this.clients = Map.copyOf(clients);
    this.settings = settings;
    this.timeout = timeout;
  }

  /**
   * What the step did and found.
   *
   * @param created topics that did not exist before
   * @param drift differences between existing topics and the catalog, for the caller to report
   * @param schemaIds id of each subject's schema
   * @param versionsAdded subjects that got a new version
   * @param policyWritten whether the default policy was missing and was written
   */
  public record Summary(
      List<Topic> created,
      List<TopicDrift> drift,
      SortedMap<String, Integer> schemaIds,
      List<String> versionsAdded,
      boolean policyWritten) {}

  /**
   * Runs the step.
   *
   * @param nowMs creation time of a default policy that is written, epoch milliseconds UTC
   * @throws org.apache.kafka.common.KafkaException where broker or registry refuse or do not
   *     answer; what was done until then stays, and the step can be run again
   */
  public Summary run(long nowMs) {
    return run(Policies.initial(nowMs));
  }

  /**
   * Runs the step with a default policy of the caller's.
   *
   * @param initial the default policy, written where there is none
   * @throws org.apache.kafka.common.KafkaException as above
   */
  public Summary run(Policy initial) {
    try (Admin admin = Admin.create(clients);
        SchemaRegistry registry = new SerdeConfig(clients).registry()) {
      TopicCreation topics = new TopicCreation(admin, settings, timeout);
      List<Topic> created = topics.create();
      List<TopicDrift> drift = topics.drift();
      Registered schemas = register(registry, Subjects.all(), Compatibility.FULL_TRANSITIVE);
      boolean policyWritten = new PolicyBootstrap(clients, timeout).writeIfAbsent(initial);
      return new Summary(created, drift, schemas.ids(), schemas.versionsAdded(), policyWritten);
    }
  }

  /**
   * What registering did.
   *
   * @param ids id of each subject's schema
   * @param versionsAdded subjects that got a new version, in order of name
   */
  public record Registered(SortedMap<String, Integer> ids, List<String> versionsAdded) {}

  /**
   * Registers the schema of each subject and sets the subject's level. Doing it again changes
   * nothing.
   *
   * @throws io.quantumtrader.schemas.registry.RegistryException where the registry refuses one or
   *     does not answer; what was registered until then stays
   */
  public static Registered register(
      SchemaRegistry registry, Map<String, Schema> subjects, Compatibility level) {
    Set<String> known = Set.copyOf(registry.subjects());
    SortedMap<String, Integer> ids = new TreeMap<>();
    List<String> added = new ArrayList<>();
    new TreeMap<>(subjects)
        .forEach(
            (subject, schema) -> {
              boolean existed = known.contains(subject);
              int before = existed ? registry.versions(subject).size() : 0;
              ids.put(subject, register(registry, subject, schema, existed, level));
              if (!existed || registry.versions(subject).size() > before) {
                added.add(subject);
              }
            });
    return new Registered(ids, List.copyOf(added));
  }

  /**
   * A subject gets its level before it gets another version. A new one gets it after its first,
   * which has nothing to be compatible with, because some registries know no level of a subject
   * that does not exist.
   */
  private static int register(
      SchemaRegistry registry,
      String subject,
      Schema schema,
      boolean existed,
      Compatibility level) {
    if (existed) {
      demand(registry, subject, level);
    }
    int id = registry.register(subject, schema);
    if (!existed) {
      demand(registry, subject, level);
    }
    return id;
  }

  private static void demand(SchemaRegistry registry, String subject, Compatibility level) {
    Optional<Compatibility> held = registry.compatibility(subject);
    if (!held.equals(Optional.of(level))) {
      registry.setCompatibility(subject, level);
    }
  }
}
