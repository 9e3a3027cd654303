package io.quantumtrader.connectors.redis.source;

import io.quantumtrader.connectors.redis.Waiting;
import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what a source task waits for. */
final class SourceWaiting implements SourceWaitingMXBean {

  private static final Logger LOG = LoggerFactory.getLogger(SourceWaiting.class);

  private final Waiting waiting;
  private final String connector;
  private final String task;

  SourceWaiting(Waiting waiting, String connector, String task) {
    this.waiting = waiting;
    this.connector = connector;
    this.task = task;
  }

  /** Shows it; a task of the same name that has not ended yet gives way. */
  void register() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      try {
        server.registerMBean(this, name());
      } catch (InstanceAlreadyExistsException stale) {
        server.unregisterMBean(name());
        server.registerMBean(this, name());
      }
    } catch (JMException refused) {
      LOG.warn("cannot show what {} waits for: {}", connector, refused.getMessage());
    }
  }

  /** Shows it no longer. */
  void unregister() {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(name());
    } catch (JMException absent) {
      LOG.debug("{} is not shown: {}", connector, absent.getMessage());
    }
  }

  private ObjectName name() throws JMException {
    return new ObjectName(
        "io.quantumtrader.connectors.redis:type=source,connector="
            + ObjectName.quote(connector)
            + ",task="
            + ObjectName.quote(task));
  }

  @Override
  public String getWaitingFor() {
    return waiting.why();
  }

  @Override
  public long getWaitingMs() {
    return waiting.millis();
  }
}
