package io.quantumtrader.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics of the catalog where they are missing, and reports where existing ones differ
 * from it. Existing topics are never changed.
 *
 * <p>All methods throw {@link KafkaException} where the broker refuses or does not answer in time.
 */
public final class TopicCreation {

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Admin admin;
  private final TopicSettings settings;
  private final Duration timeout;

  /**
   * Creates it; nothing is sent yet.
   *
   * @param admin client of the broker, which stays the caller's
   * @param settings what the catalog leaves open
   * @param timeout for each answer, and for new topics to show up
   */
  public TopicCreation(Admin admin, TopicSettings settings, Duration timeout) {
    this.admin = admin;
    this.settings = settings;
    this.timeout = timeout;
  }

  /** Creates what is missing, and returns what it created, once the broker lists it. */
  public List<Topic> create() {
    Set<String> existing = names();
    List<Topic> missing =
        Arrays.stream(Topic.values()).filter(t -> !existing.contains(t.topicName())).toList();
    Map<String, KafkaFuture<Void>> answers =
        admin.createTopics(missing.stream().map(this::newTopic).toList()).values();
    List<Topic> created = new ArrayList<>();
    for (Topic topic : missing) {
      if (created(answers.get(topic.topicName()), topic)) {
        created.add(topic);
      }
    }
    awaitVisible(missing);
    return List.copyOf(created);
  }

  private boolean created(KafkaFuture<Void> answer, Topic topic) {
    try {
      AdminCalls.await(answer, timeout, "creating topic " + topic.topicName());
      return true;
    } catch (KafkaException failed) {
      if (failed.getCause() instanceof TopicExistsException) {
        return false; // somebody else ran the same step at the same time
      }
      throw failed;
    }
  }

  private NewTopic newTopic(Topic topic) {
    Optional<Short> replication =
        Optional.of(settings.replicationFactor())
            .filter(factor -> factor != TopicSettings.BROKER_DEFAULT);
    return new NewTopic(
            topic.topicName(), Optional.of(settings.counts().of(topic.group())), replication)
        .configs(settings.of(topic));
  }

  private void awaitVisible(Collection<Topic> topics) {
    long deadline = System.nanoTime() + timeout.toNanos();
    Set<String> wanted = topics.stream().map(Topic::topicName).collect(Collectors.toSet());
    while (!names().containsAll(wanted)) {
      if (System.nanoTime() - deadline > 0) {
        throw new KafkaException("new topics did not show up within " + timeout + ": " + wanted);
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException interrupted) {
        throw new InterruptException("waiting for new topics: interrupted", interrupted);
      }
    }
  }

  private Set<String> names() {
    return AdminCalls.await(admin.listTopics().names(), timeout, "listing topics");
  }

  /** Returns where the broker's topics differ from the catalog, in the catalog's order. */
  public List<TopicDrift> drift() {
    Set<String> existing = names();
    Map<Boolean, List<Topic>> found =
        Arrays.stream(Topic.values())
            .collect(Collectors.partitioningBy(t -> existing.contains(t.topicName())));
    Map<String, TopicDescription> descriptions = descriptions(found.get(true));
    Map<String, Config> configs = configs(found.get(true));
    List<TopicDrift> drift = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      TopicDescription description = descriptions.get(topic.topicName());
      if (description == null) {
        drift.add(new TopicDrift.Missing(topic));
        continue;
      }
      compareLayout(topic, description, drift);
      compareSettings(topic, configs.get(topic.topicName()), drift);
    }
    return List.copyOf(drift);
  }

  private Map<String, TopicDescription> descriptions(List<Topic> topics) {
    return AdminCalls.await(
        admin.describeTopics(topics.stream().map(Topic::topicName).toList()).allTopicNames(),
        timeout,
        "describing topics");
  }

  private Map<String, Config> configs(List<Topic> topics) {
    Map<String, ConfigResource> resources =
        topics.stream()
            .map(Topic::topicName)
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    name -> new ConfigResource(ConfigResource.Type.TOPIC, name)));
    return AdminCalls.await(
            admin.describeConfigs(resources.values()).all(), timeout, "describing topic settings")
        .entrySet()
        .stream()
        .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
  }

  private void compareLayout(Topic topic, TopicDescription description, List<TopicDrift> drift) {
    int expected = settings.counts().of(topic.group());
    int actual = description.partitions().size();
    if (actual != expected) {
      drift.add(new TopicDrift.Partitions(topic, expected, actual));
    }
    int copies =
        description.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(0);
    if (settings.replicationFactor() != TopicSettings.BROKER_DEFAULT
        && copies != settings.replicationFactor()) {
      drift.add(new TopicDrift.Replication(topic, settings.replicationFactor(), copies));
    }
  }

  private void compareSettings(Topic topic, Config config, List<TopicDrift> drift) {
    settings
        .of(topic)
        .forEach(
            (name, expected) -> {
              var entry = config.get(name);
              String actual = entry == null ? "unknown" : entry.value();
              if (!expected.equals(actual)) {
                drift.add(new TopicDrift.Setting(topic, name, expected, actual));
              }
            });
  }
}
