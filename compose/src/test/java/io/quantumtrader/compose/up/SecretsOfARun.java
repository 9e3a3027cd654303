package io.quantumtrader.compose.up;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.binance.testing.PlantedSecrets;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Looks through all that a run leaves for the secrets that were planted in it. */
final class SecretsOfARun {

  private static final Duration READING = Duration.ofSeconds(30);

  private SecretsOfARun() {}

  /** Lets requests fail in each way that there is, twice. */
  static void fail(ExchangeTwin twin) {
    for (RestFault fault :
        List.of(
            RestFault.cut(true),
            RestFault.timeout(true),
            RestFault.refusal(401, -1022, "Signature for this request is not valid."),
            RestFault.refusal(503, -1000, "An unknown error occured while processing."),
            RestFault.limited(429, 1))) {
      twin.faults().next("", "/fapi/", fault, 2);
    }
  }

  /** Fails where one is in a record, with its key and headers, of any of our topics. */
  static void assertNotOnTopics(PlantedSecrets secrets, Endpoints endpoints) {
    TreeSet<Topic> read = new TreeSet<>();
    for (Topic topic : Topic.values()) {
      new TopicReader(endpoints.kafka(), READING)
          .readLast(
              topic,
              Long.MAX_VALUE,
              record -> {
                read.add(topic);
                secrets.assertAbsent(topic.topicName(), text(record));
              });
    }
    assertThat(read)
        .as("topics that were looked through")
        .contains(Topic.EXCHANGE_ACCOUNT, Topic.APPLY_RESULT, Topic.INSTRUMENT, Topic.DECISION);
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder all = new StringBuilder(text(record.key())).append(text(record.value()));
    Arrays.stream(record.headers().toArray())
        .forEach(header -> all.append(header.key()).append(text(header.value())));
    return all.toString();
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, ISO_8859_1);
  }

  /** Fails where one is in a file below a directory; there must be some. */
  static void assertNotInFiles(PlantedSecrets secrets, Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).as("files below %s", directory).isNotEmpty();
    for (Path file : files) {
      secrets.assertAbsent(file.toString(), Files.readString(file, ISO_8859_1));
    }
  }
}
