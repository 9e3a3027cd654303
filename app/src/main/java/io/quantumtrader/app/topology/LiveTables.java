package io.quantumtrader.app.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks a {@link LiveServer} how far the global tables of its stages are. They commit nothing to the
 * broker, so nobody but their own process knows.
 */
public final class LiveTables implements AutoCloseable {

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI uri;

  /**
   * Names the server; nothing is connected yet.
   *
   * @param topology where it serves the numbers of the topology
   */
  public LiveTables(URI topology) {
    uri = topology.resolve(LiveServer.TABLES);
  }

  /**
   * Returns the offset of the last record that a table has applied; empty where it has applied none
   * or where nobody answers.
   */
  public OptionalLong lastApplied(TopicPartition partition) throws InterruptedException {
    try {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(uri).timeout(ANSWERS_WITHIN).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      JsonNode offset = json.readTree(answer.body()).path(partition.toString());
      return offset.isNumber() ? OptionalLong.of(offset.asLong()) : OptionalLong.empty();
    } catch (IOException gone) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
