package io.quantumtrader.agents.train;

import java.util.List;

/** The kinds of models that there are trainers for. */
public final class Trainers {

  private Trainers() {}

  /**
   * Returns one of each kind: trees by level and by leaf, networks of one and two hidden layers.
   */
  public static List<Trainer> all() {
    return List.of(
        TreeTrainer.byLevel(),
        TreeTrainer.byLeaf(),
        NetworkTrainer.oneLayer(),
        NetworkTrainer.twoLayers());
  }
}
