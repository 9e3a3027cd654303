package io.quantumtrader.execution.twin.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.execution.twin.compare.SessionLine.Message;
import io.quantumtrader.execution.twin.compare.SessionLine.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A session as it was taken down: one JSON object a line, a request with {@code atMs, account,
 * method, path, query, status, answer} or a message with {@code atMs, account, message}.
 *
 * @param lines in their order, each with a number of its own
 */
public record RecordedSession(List<SessionLine> lines) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long AHEAD_MS = 1000;

  /** Holds its own copy. */
  public RecordedSession {
    lines = List.copyOf(lines);
  }

  /**
   * Reads a session. A last line that was cut off, as where the process died, is left out.
   *
   * @throws IllegalArgumentException for a line that is none of a session; it names the line
   */
  public static RecordedSession read(List<String> text) {
    List<SessionLine> lines = new ArrayList<>();
    for (int i = 0; i < text.size(); i++) {
      if (text.get(i).isBlank()) {
        continue;
      }
      try {
        lines.add(line(i + 1, MAPPER.readTree(text.get(i))));
      } catch (JsonProcessingException malformed) {
        if (i < text.size() - 1) {
          throw new IllegalArgumentException("line " + (i + 1) + " is no JSON", malformed);
        }
      }
    }
    return new RecordedSession(lines);
  }

  private static SessionLine line(int number, JsonNode read) {
    long atMs = read.path("atMs").asLong(0);
    String account = read.path("account").asText("");
    if (atMs > 0 && read.has("message")) {
      return new Message(number, atMs, account, read.path("message"));
    }
    if (atMs <= 0 || !read.path("method").isTextual() || !read.path("path").isTextual()) {
      throw new IllegalArgumentException(
          "line " + number + " is neither a request nor a message of a session");
    }
    return new Request(
        number,
        atMs,
        account,
        read.path("method").asText(),
        read.path("path").asText(),
        read.path("query").asText(""),
        read.path("status").asInt(0),
        read.path("answer"));
  }

  /** Returns the requests, in the order of their answers. */
  public List<Request> requests() {
    return lines.stream().filter(Request.class::isInstance).map(Request.class::cast).toList();
  }

  /** Returns the messages of streams. */
  public List<Message> messages() {
    return lines.stream().filter(Message.class::isInstance).map(Message.class::cast).toList();
  }

  /** Returns the answers to what was asked, of those that succeeded. */
  public List<Request> answers(String asked) {
    return requests().stream().filter(r -> r.succeeded() && r.asked().equals(asked)).toList();
  }

  /** Returns the accounts, in the order of their first lines. */
  public List<String> accounts() {
    return lines.stream().map(SessionLine::account).distinct().toList();
  }

  /**
   * Returns the lines in the order in which the exchange did what they tell of: a message that came
   * late stands before the answers that were given after its event.
   *
   * @param offsetMs how far the exchange's clock is ahead of the wall time, milliseconds
   */
  public List<SessionLine> inOrderOfEvents(long offsetMs) {
    Map<Integer, Long> times = new HashMap<>();
    long latest = 0;
    for (SessionLine line : lines) {
      // The wall time may be put back in between; the order of answers stays.
      latest = Math.max(latest, line.atMs() + offsetMs);
      long event =
          line instanceof Message message ? message.event().path("E").asLong(latest) : latest;
      times.put(line.number(), Math.min(latest, event));
    }
    return lines.stream().sorted(Comparator.comparing(line -> times.get(line.number()))).toList();
  }

  /** Returns the ids that clients gave to orders in this session. */
  public Set<String> placedIds() {
    Set<String> ids = new HashSet<>();
    for (Request request : requests()) {
      if (request.method().equals("POST")) {
        var parameters = request.parameters();
        ids.add(parameters.getOrDefault("newClientOrderId", ""));
        ids.add(parameters.getOrDefault("clientAlgoId", ""));
        ids.add(request.answer().path("clientOrderId").asText(""));
        ids.add(request.answer().path("clientAlgoId").asText(""));
      }
    }
    ids.remove("");
    return Set.copyOf(ids);
  }

  /**
   * Returns whether a request without a known outcome was done, as other lines show: they have the
   * order. What may be asked twice counts as done, what only asks does not.
   */
  public boolean wasDone(Request request) {
    Map<String, String> sent = request.parameters();
    String id =
        sent.getOrDefault(
            "newClientOrderId",
            sent.getOrDefault("clientAlgoId", sent.getOrDefault("origClientOrderId", "")));
    if (request.method().equals("GET") || id.isEmpty()) {
      return !request.method().equals("GET") && !request.path().endsWith("rder");
    }
    String quoted = '"' + id + '"';
    return lines.stream()
        .filter(line -> isAfter(line, request))
        .map(RecordedSession::told)
        .filter(told -> told.contains(quoted))
        .anyMatch(told -> !request.method().equals("DELETE") || told.contains("CANCELED"));
  }

  /**
   * An event may be taken down before the answer that was waited for in vain. Whoever asked may
   * have had a clock ahead of the exchange's, which takes what is less than a second ahead.
   */
  private static boolean isAfter(SessionLine line, Request request) {
    if (line.number() > request.number()) {
      return true;
    }
    String sentMs = request.parameters().getOrDefault("timestamp", "");
    return line instanceof Message message
        && sentMs.matches("[0-9]{1,18}")
        && message.event().path("E").asLong(0) > Long.parseLong(sentMs) - AHEAD_MS;
  }

  private static String told(SessionLine line) {
    return switch (line) {
      case Request request -> request.answer().toString();
      case Message message -> message.message().toString();
    };
  }
}
