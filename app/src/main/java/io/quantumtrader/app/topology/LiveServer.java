package io.quantumtrader.app.topology;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quantumtrader.topology.GlobalTableProgress;
import io.quantumtrader.topology.export.ExportJson;
import io.quantumtrader.topology.export.NodeNumbers;
import io.quantumtrader.topology.export.TopologyExport;
import io.quantumtrader.topology.live.NodeMeters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Tells other processes of this machine what the nodes of this one's topology did: {@code GET
 * /topology} on a free port of the loopback interface. It holds names and counts, no records.
 * {@code GET /tables} tells how far its global tables are; see {@link LiveTables}.
 */
public final class LiveServer implements AutoCloseable {

  static final String TABLES = "/tables";
  private static final String PATH = "/topology";

  private final HttpServer server;
  private final ExecutorService thread;

  private LiveServer(HttpServer server, ExecutorService thread) {
    this.server = server;
    this.thread = thread;
  }

  /**
   * Starts serving.
   *
   * @throws IOException if there is no free port
   */
  public static LiveServer start(
      TopologyExport export, NodeMeters meters, GlobalTableProgress tables) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "quantum-live");
              made.setDaemon(true);
              return made;
            });
    server.setExecutor(thread);
    server.createContext(PATH, exchange -> answer(exchange, nodes(export, meters)));
    server.createContext(TABLES, exchange -> answer(exchange, tables(tables)));
    server.start();
    return new LiveServer(server, thread);
  }

  /** Returns where the numbers are. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  private static ObjectNode nodes(TopologyExport export, NodeMeters meters) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set("export", ExportJson.tree(export));
    ObjectNode nodes = all.putObject("nodes");
    meters.snapshot().forEach((node, numbers) -> put(nodes.putObject(node), numbers));
    return all;
  }

  private static ObjectNode tables(GlobalTableProgress tables) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    tables.snapshot().forEach((partition, offset) -> all.put(partition.toString(), offset));
    return all;
  }

  private static void answer(HttpExchange exchange, ObjectNode said) throws IOException {
    byte[] body = new ObjectMapper().writeValueAsBytes(said);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void put(ObjectNode node, NodeNumbers numbers) {
    node.put("in", numbers.in()).put("out", numbers.out()).put("nanos", numbers.nanos());
    ObjectNode to = node.putObject("to");
    numbers.to().forEach(to::put);
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdown();
  }
}
