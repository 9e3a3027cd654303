package io.quantumtrader.agents.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quantumtrader.agents.forecast.Outcome;
import io.quantumtrader.agents.onnx.TreeEnsemble;
import io.quantumtrader.agents.onnx.TreeEnsemble.Leaf;
import io.quantumtrader.agents.onnx.TreeEnsemble.Split;
import io.quantumtrader.agents.onnx.TreeEnsemble.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class XgboostTreesTest {

  @Test
  void shouldReadTreesOfAllOutcomesInTurn() throws Exception {
    String leaf = "{\"nodeid\": 0, \"leaf\": %s}";
    // The children stand in another order than the branches.
    String split =
        """
        {"nodeid": 0, "depth": 0, "split": "f12", "split_condition": -0.100000001,
         "yes": 1, "no": 2, "missing": 1,
         "children": [{"nodeid": 2, "leaf": 2}, {"nodeid": 1, "leaf": 1e-3}]}
        """;

    TreeEnsemble trees =
        XgboostTrees.read(
            new String[] {leaf.formatted("0.5"), leaf.formatted("1"), split, leaf.formatted("3")});

    assertThat(trees.trees())
        .isEqualTo(
            List.of(
                new Tree(Outcome.DOWN, new Leaf(0.5f)),
                new Tree(Outcome.FLAT, new Leaf(1)),
                new Tree(Outcome.UP, new Split(12, -0.1f, new Leaf(0.001f), new Leaf(2))),
                new Tree(Outcome.DOWN, new Leaf(3))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "{\"leaf\": \"1\"}",
        "{\"split\": \"trend\", \"split_condition\": 1, \"yes\": 1, \"no\": 2}",
        "{\"split\": \"f0\", \"split_condition\": 1, \"yes\": 1, \"no\": 2,"
            + " \"children\": [{\"nodeid\": 1, \"leaf\": 1}]}",
        "{\"split\": \"f0\", \"split_condition\": 1,"
            + " \"children\": [{\"leaf\": 1}, {\"leaf\": 1}]}",
      })
  void shouldRefuseTreesOfAnotherForm(String tree) {
    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(() -> XgboostTrees.read(new String[] {tree}))
        .withMessageStartingWith("a tree of XGBoost of another form: ")
        .withMessageNotContaining("\n");
  }
}
