package io.quantumtrader.topology.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.topology.decision.kernel.KernelRefusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;

/**
 * A kernel as a filter: reads lines {@code {"id":..,"input":{..}}} and writes, for each of them and
 * in the same order, {@code {"id":..,"output":{..}}}. Too little data gives the output null; an
 * input that the kernel refuses gives {@code output.error {type, message}}. A line that does not
 * parse, or lacks what the kernel reads, is answered in its place with {@code
 * {"id":..,"error":{type, message, line}}}, and the rest goes on.
 */
public final class KernelLines {

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private KernelLines() {}

  /**
   * Answers each line until the end. Every answer is flushed, so that a caller may wait for it.
   *
   * @param kernel what answers
   * @param in lines of JSON, of any length
   * @param out where the answers go, one line each, ended by a line feed
   * @throws IOException where reading or writing fails
   */
  public static void run(Kernel kernel, BufferedReader in, Writer out) throws IOException {
    Answer answer = kernel.answer();
    long number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      out.write(answered(line, number, answer).toString());
      out.write('\n');
      out.flush();
    }
  }

  private static ObjectNode answered(String line, long number, Answer answer) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    JsonNode request;
    try {
      request = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return failed(result.putNull("id"), "ParseError", e.getOriginalMessage(), number);
    }
    if (!request.isObject()) {
      return failed(result.putNull("id"), "ParseError", "the line is not an object", number);
    }
    result.set("id", request.has("id") ? request.get("id") : JsonNodeFactory.instance.nullNode());
    try {
      return result.set("output", answer.of(Fields.object(request, "input")));
    } catch (InputException e) {
      return failed(result, "InputError", e.getMessage(), number);
    } catch (KernelRefusal e) {
      result
          .putObject("output")
          .putObject("error")
          .put("type", e.type())
          .put("message", e.getMessage());
      return result;
    }
  }

  private static ObjectNode failed(ObjectNode result, String type, String message, long line) {
    result.putObject("error").put("type", type).put("message", message).put("line", line);
    return result;
  }
}
