package io.quantumtrader.agents.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.agents.forecast.Outcome;
import io.quantumtrader.agents.onnx.TreeEnsemble;
import io.quantumtrader.agents.onnx.TreeEnsemble.Leaf;
import io.quantumtrader.agents.onnx.TreeEnsemble.Node;
import io.quantumtrader.agents.onnx.TreeEnsemble.Split;
import io.quantumtrader.agents.onnx.TreeEnsemble.Tree;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the trees that XGBoost prints as JSON: one after the other for the outcomes 0, 1, 2, and
 * again for the next round. A value below the condition of a split goes to its {@code yes}.
 */
final class XgboostTrees {

  private static final ObjectMapper JSON = new ObjectMapper();

  private XgboostTrees() {}

  /**
   * Reads trees.
   *
   * @param dump a tree each
   * @throws TrainingException if one is of another form
   */
  static TreeEnsemble read(String[] dump) throws TrainingException {
    Outcome[] outcomes = Outcome.values();
    List<Tree> trees = new ArrayList<>();
    for (int i = 0; i < dump.length; i++) {
      trees.add(new Tree(outcomes[i % outcomes.length], root(dump[i])));
    }
    return new TreeEnsemble(trees);
  }

  private static Node root(String json) throws TrainingException {
    try {
      return node(JSON.readTree(json));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new TrainingException("a tree of XGBoost of another form: " + e.getMessage(), e);
    }
  }

  private static Node node(JsonNode node) {
    if (node.has("leaf")) {
      return new Leaf(number(node.get("leaf")));
    }
    return new Split(
        input(node.path("split").asText()),
        number(node.path("split_condition")),
        child(node, "yes"),
        child(node, "no"));
  }

  private static Node child(JsonNode node, String branch) {
    JsonNode id = node.path(branch);
    for (JsonNode child : node.path("children")) {
      if (id.isInt() && id.equals(child.get("nodeid"))) {
        return node(child);
      }
    }
    throw new IllegalArgumentException("no node for " + branch + " in " + node);
  }

  /** Inputs without names are called f0, f1 and so on. */
  private static int input(String name) {
    if (!name.matches("f[0-9]{1,4}")) {
      throw new IllegalArgumentException("an input called " + name);
    }
    return Integer.parseInt(name, 1, name.length(), 10);
  }

  /** It is printed with as many digits as tell it from each other number in single precision. */
  private static float number(JsonNode number) {
    if (!number.isNumber()) {
      throw new IllegalArgumentException("no number: " + number);
    }
    return (float) number.asDouble();
  }
}
