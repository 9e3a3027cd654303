package io.quantumtrader.schemas.topic;

/** A difference between the catalog and the broker; nothing changes an existing topic by itself. */
public sealed interface TopicDrift {

  /** Returns the catalog's entry. */
  Topic topic();

  /** Returns one sentence that says what differs, and what to do about it. */
  String text();

  /** The topic does not exist. */
  record Missing(Topic topic) implements TopicDrift {
    @Override
    public String text() {
      return topic.topicName() + " does not exist: run the registration step.";
    }
  }

  /**
   * The partition count differs.
   *
   * @param expected by the configured counts
   * @param actual on the broker
   */
  record Partitions(Topic topic, int expected, int actual) implements TopicDrift {
    @Override
    public String text() {
      return topic.topicName()
          + " has "
          + actual
          + " partitions, expected "
          + expected
          + ": all topics of the group "
          + topic.group()
          + " need the same count. Configure the count that they have, or stop everything,"
          + " delete the topic and run the registration step; adding partitions would move"
          + " keys.";
    }
  }

  /**
   * The replication factor differs.
   *
   * @param expected as configured
   * @param actual smallest of its partitions
   */
  record Replication(Topic topic, int expected, int actual) implements TopicDrift {
    @Override
    public String text() {
      return topic.topicName()
          + " has replication factor "
          + actual
          + ", expected "
          + expected
          + ": reassign its partitions (kafka-reassign-partitions.sh).";
    }
  }

  /**
   * A topic setting differs, {@code cleanup.policy} and {@code retention.ms} among them.
   *
   * @param name of the setting
   * @param expected by catalog or configuration
   * @param actual on the broker, whether set or its default
   */
  record Setting(Topic topic, String name, String expected, String actual) implements TopicDrift {
    @Override
    public String text() {
      return topic.topicName()
          + " has "
          + name
          + "="
          + actual
          + ", expected "
          + expected
          + ": run kafka-configs.sh --alter --topic "
          + topic.topicName()
          + " --add-config "
          + name
          + "="
          + expected
          + ".";
    }
  }
}
