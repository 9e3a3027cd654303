package io.quantumtrader.console.tap;

import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a tail has been at the ends of its topics once; once it was, it stays so. */
public final class CaughtUp {

  private static final Logger LOG = LoggerFactory.getLogger(CaughtUp.class);

  private final TopicTail tail;
  private final Admin admin;
  private volatile boolean there;

  /** Watches a tail. */
  public CaughtUp(TopicTail tail, Admin admin) {
    this.tail = tail;
    this.admin = admin;
  }

  /** Returns whether it has; a broker that does not answer leaves it at no. */
  public boolean isThere() {
    if (!there) {
      try {
        there = tail.caughtUp(admin, List.of(Topic.values()));
      } catch (KafkaException | IllegalStateException e) {
        LOG.debug("cannot say whether everything has been read", e);
      }
    }
    return there;
  }
}
