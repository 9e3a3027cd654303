package io.quantumtrader.schemas.registration;

import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import io.quantumtrader.schemas.serde.SerdeConfig;
import io.quantumtrader.schemas.serde.Subjects;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicCreation;
import io.quantumtrader.schemas.topic.TopicDrift;
import io.quantumtrader.schemas.topic.TopicSettings;
import java.time.Duration;
import java.util.HashSet;
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
    try (Admin admin = Admin.create(clients);
        SchemaRegistry registry = new SerdeConfig(clients).registry()) {
      TopicCreation topics = new TopicCreation(admin, settings, timeout);
      List<Topic> created = topics.create();
      List<TopicDrift> drift = topics.drift();
      Set<String> added = new HashSet<>();
      SortedMap<String, Integer> ids = registerAll(registry, added);
      boolean policyWritten = new PolicyBootstrap(clients, timeout).writeIfAbsent(nowMs);
      return new Summary(created, drift, ids, added.stream().sorted().toList(), policyWritten);
    }
  }

  private static SortedMap<String, Integer> registerAll(
      SchemaRegistry registry, Set<String> added) {
    Set<String> known = Set.copyOf(registry.subjects());
    SortedMap<String, Integer> ids = new TreeMap<>();
    Subjects.all()
        .forEach(
            (subject, schema) ->
                ids.put(subject, register(registry, subject, schema, known, added)));
    return ids;
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
      Set<String> known,
      Set<String> added) {
    boolean existed = known.contains(subject);
    int before = existed ? registry.versions(subject).size() : 0;
    if (existed) {
      demandFullTransitive(registry, subject);
    }
    int id = registry.register(subject, schema);
    if (!existed) {
      demandFullTransitive(registry, subject);
    }
    if (!existed || registry.versions(subject).size() > before) {
      added.add(subject);
    }
    return id;
  }

  private static void demandFullTransitive(SchemaRegistry registry, String subject) {
    Optional<Compatibility> level = registry.compatibility(subject);
    if (!level.equals(Optional.of(Compatibility.FULL_TRANSITIVE))) {
      registry.setCompatibility(subject, Compatibility.FULL_TRANSITIVE);
    }
  }
}
