package io.quantumtrader.market.lockstep;

import org.apache.kafka.common.TopicPartition;

/** Something that keeps the pipeline from being drained. */
public sealed interface Outstanding {

  /**
   * A group has not committed everything there is.
   *
   * @param committed offset it has committed, 0 where it never did
   * @param end offset of the next record
   */
  record Lag(String group, TopicPartition partition, long committed, long end)
      implements Outstanding {

    @Override
    public String toString() {
      return "%s is %d behind in %s (committed %d, end %d)"
          .formatted(group, end - committed, partition, committed, end);
    }
  }

  /**
   * A transaction is open, or was ended since.
   *
   * @param stable end offset for readers of committed records
   * @param end end offset read before
   */
  record OpenTransaction(TopicPartition partition, long stable, long end) implements Outstanding {

    @Override
    public String toString() {
      return "a transaction is open in %s (stable %d, end %d)".formatted(partition, stable, end);
    }
  }

  /** A topic that the pipeline reads or writes is not there. */
  record MissingTopic(String topic) implements Outstanding {

    @Override
    public String toString() {
      return "topic " + topic + " does not exist";
    }
  }

  /** The tables that every account sub-topology reads have not applied everything. */
  record TablesBehind() implements Outstanding {

    @Override
    public String toString() {
      return "the global tables have not applied everything";
    }
  }
}
