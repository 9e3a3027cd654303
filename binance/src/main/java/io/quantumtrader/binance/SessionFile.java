package io.quantumtrader.binance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session in a file: one JSON object a line. A request has {@code atMs, account, method, path,
 * query, status, answer}, a message of a stream {@code atMs, account, message}. Once writing fails,
 * it says so and writes no more; trading goes on.
 */
public final class SessionFile implements SessionRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(SessionFile.class);

  private final Path file;
  private final LongSupplier wallMs;
  private final BufferedWriter lines;
  private boolean broken;

  /**
   * Opens the file; what is in it stays.
   *
   * @param wallMs wall time, epoch milliseconds UTC
   * @throws IOException where it cannot be written
   */
  public SessionFile(Path file, LongSupplier wallMs) throws IOException {
    this.file = file;
    this.wallMs = wallMs;
    this.lines =
        Files.newBufferedWriter(file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void answered(
      String account, String method, String path, String query, int status, String body) {
    ObjectNode line = line(account);
    line.put("method", method).put("path", path).put("query", SessionRecorder.strip(query));
    line.put("status", status).set("answer", json(body));
    write(line);
  }

  @Override
  public void received(String account, String message) {
    ObjectNode line = line(account);
    line.set("message", json(message));
    write(line);
  }

  private ObjectNode line(String account) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("atMs", wallMs.getAsLong())
        .put("account", account);
  }

  private static JsonNode json(String text) {
    String stripped = SessionRecorder.strip(text);
    JsonNode read = Reply.Json.read(stripped);
    return read.isMissingNode() ? JsonNodeFactory.instance.textNode(stripped) : read;
  }

  private synchronized void write(ObjectNode line) {
    if (broken) {
      return;
    }
    try {
      lines.write(line.toString());
      lines.newLine();
      lines.flush();
    } catch (IOException e) {
      broken = true;
      LOG.warn("the session is no longer recorded in {}: {}", file, e.toString());
    }
  }

  @Override
  public synchronized void close() {
    broken = true;
    try {
      lines.close();
    } catch (IOException e) {
      LOG.warn("{} was not closed: {}", file, e.toString());
    }
  }
}
