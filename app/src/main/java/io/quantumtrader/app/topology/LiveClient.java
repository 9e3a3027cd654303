package io.quantumtrader.app.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.topology.export.ExportException;
import io.quantumtrader.topology.export.ExportJson;
import io.quantumtrader.topology.export.LiveNumbers;
import io.quantumtrader.topology.export.NodeNumbers;
import io.quantumtrader.topology.export.TopologyExport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What a running application said of itself.
 *
 * @param export its topology
 * @param numbers what its nodes did since it started
 */
record LiveClient(TopologyExport export, LiveNumbers numbers) {

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  /**
   * Asks a {@link LiveServer}.
   *
   * @throws CommandFailure if it cannot be asked
   */
  static LiveClient ask(URI uri) throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build();
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri).timeout(ANSWERS_WITHIN).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new CommandFailure(
            uri + " answers " + answer.statusCode() + "; is it an application?");
      }
      return read(new ObjectMapper().readTree(answer.body()));
    } catch (IOException | IllegalArgumentException | ExportException e) {
      throw new CommandFailure("cannot read the numbers at " + uri + ": is it still running?", e);
    }
  }

  private static LiveClient read(JsonNode all) {
    TopologyExport export = ExportJson.of(all.path("export"));
    Map<String, NodeNumbers> nodes = new HashMap<>();
    for (Map.Entry<String, JsonNode> node : all.path("nodes").properties()) {
      JsonNode said = node.getValue();
      Map<String, Long> to = new HashMap<>();
      said.path("to").properties().forEach(each -> to.put(each.getKey(), each.getValue().asLong()));
      nodes.put(
          node.getKey(),
          new NodeNumbers(
              said.path("in").asLong(),
              said.path("out").asLong(),
              said.path("nanos").asLong(),
              to));
    }
    return new LiveClient(export, LiveNumbers.of(export, nodes));
  }
}
