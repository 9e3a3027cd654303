package io.quantumtrader.app.parts;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;

/**
 * How a consumer group stands, for somebody who waits for it: after a process was killed, the group
 * first waits for its members to be given up.
 */
public final class GroupStand {

  private static final long ASKED_EVERY_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long ANSWERS_WITHIN_S = 5;

  private final Admin admin;
  private final String group;
  private long askedAt;
  private String last = "";

  /**
   * Creates it; nothing is asked yet.
   *
   * @param admin the caller's own, not closed here
   * @param group the group's id
   */
  public GroupStand(Admin admin, String group) {
    this.admin = admin;
    this.group = group;
  }

  /** Returns state and number of members, in words; asked again every 2 s at most. */
  public String text() {
    long now = System.nanoTime();
    if (last.isEmpty() || now - askedAt > ASKED_EVERY_NANOS) {
      askedAt = now;
      last = ask();
    }
    return last;
  }

  private String ask() {
    try {
      ConsumerGroupDescription found =
          admin
              .describeConsumerGroups(List.of(group))
              .describedGroups()
              .get(group)
              .get(ANSWERS_WITHIN_S, TimeUnit.SECONDS);
      String state = found.groupState().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return "group " + group + ": " + state + ", members " + found.members().size();
    } catch (ExecutionException | TimeoutException e) {
      return "group " + group + ": not known";
    } catch (InterruptedException e) {
      // Who waits sees it at the next pause.
      Thread.currentThread().interrupt();
      return last;
    }
  }
}
