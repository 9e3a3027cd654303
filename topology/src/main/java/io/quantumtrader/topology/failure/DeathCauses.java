package io.quantumtrader.topology.failure;

import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;

/** Tells what a thread died of from what it threw. */
final class DeathCauses {

  /** As Streams words a failure in a processor. */
  private static final Pattern PLACE =
      Pattern.compile("topic=([^,\\s]+), partition=(\\d+), offset=(\\d+)");

  private static final int LONGEST = 300;
  private static final int DEEPEST = 50;

  private DeathCauses() {}

  /**
   * Returns the death that an exception means.
   *
   * @param noted finds the record at which an exception was met, where that was noted
   */
  static Death of(Throwable thrown, FailedRecords noted) {
    List<Throwable> chain = chain(thrown);
    Optional<RecordPlace> place = noted.find(chain).or(() -> worded(chain));
    return new Death(kind(chain, place.isPresent()), line(chain.getLast()), place);
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable cause = thrown;
        cause != null && chain.size() < DEEPEST && !chain.contains(cause);
        cause = cause.getCause()) {
      chain.add(cause);
    }
    return chain;
  }

  private static DeathKind kind(List<Throwable> chain, boolean atRecord) {
    if (has(chain, RegistryUnavailableException.class)) {
      return DeathKind.REGISTRY;
    }
    if (has(chain, TaskMigratedException.class)
        || has(chain, TaskCorruptedException.class)
        || has(chain, LockException.class)
        || has(chain, ProducerFencedException.class)
        || has(chain, InvalidProducerEpochException.class)) {
      return DeathKind.MOVED;
    }
    if (has(chain, RetriableException.class)) {
      return DeathKind.BROKER;
    }
    return atRecord ? DeathKind.RECORD : DeathKind.OTHER;
  }

  private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
    return chain.stream().anyMatch(type::isInstance);
  }

  private static Optional<RecordPlace> worded(List<Throwable> chain) {
    for (Throwable cause : chain) {
      Matcher found = PLACE.matcher(cause.getMessage() == null ? "" : cause.getMessage());
      if (found.find()) {
        return Optional.of(
            new RecordPlace(
                found.group(1), Integer.parseInt(found.group(2)), Long.parseLong(found.group(3))));
      }
    }
    return Optional.empty();
  }

  private static String line(Throwable cause) {
    String line = cause.toString().lines().findFirst().orElse("");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
