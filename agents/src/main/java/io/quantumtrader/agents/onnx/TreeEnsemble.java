package io.quantumtrader.agents.onnx;

import io.quantumtrader.agents.forecast.Outcome;
import java.util.List;

/**
 * Decision trees of which each adds to the score of one outcome; the probabilities are the softmax
 * of the three scores.
 *
 * @param trees the trees; an outcome may have none
 */
public record TreeEnsemble(List<Tree> trees) {

  /** Creates an ensemble. */
  public TreeEnsemble {
    trees = List.copyOf(trees);
  }

  /**
   * A tree.
   *
   * @param outcome whose score it adds to
   * @param root where it begins
   */
  public record Tree(Outcome outcome, Node root) {}

  /** A node of a tree. */
  public sealed interface Node {}

  /**
   * A question.
   *
   * @param input which input is looked at, from 0
   * @param threshold what it is compared with, in single precision as the input itself
   * @param below where it goes on if the input is below the threshold
   * @param otherwise where it goes on if not
   */
  public record Split(int input, float threshold, Node below, Node otherwise) implements Node {}

  /**
   * An end.
   *
   * @param score what is added to the outcome's score
   */
  public record Leaf(float score) implements Node {}
}
