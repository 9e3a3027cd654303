package io.quantumtrader.agents.train;

import io.quantumtrader.agents.onnx.OnnxWriter;
import io.quantumtrader.agents.onnx.TreeEnsemble;
import java.util.Map;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trains gradient boosted trees with XGBoost (T. Chen and C. Guestrin, "XGBoost: A Scalable Tree
 * Boosting System", KDD 2016), on one thread, so that nothing depends on which thread is the
 * faster. The trees are shallow and the rate is low, as there is little to learn from one candle
 * and much noise.
 */
public final class TreeTrainer implements Trainer {

  /** Has XGBoost boost trees; the tests have one that finds no library. */
  @FunctionalInterface
  interface Boosting {

    /** Returns a model that the caller disposes of. */
    Booster boost(Samples samples, Map<String, Object> parameters, int rounds) throws XGBoostError;
  }

  private static final int ROUNDS = 80;

  private final String name;
  private final Map<String, Object> growth;
  private final Boosting boosting;

  TreeTrainer(String name, Map<String, Object> growth, Boosting boosting) {
    this.name = name;
    this.growth = growth;
    this.boosting = boosting;
  }

  /** Returns one whose trees grow level by level to a depth of four, as XGBoost has it. */
  public static TreeTrainer byLevel() {
    return new TreeTrainer(
        "trees-level", Map.of("grow_policy", "depthwise", "max_depth", 4), TreeTrainer::boost);
  }

  /**
   * Returns one whose trees grow where most is gained, to twelve leaves at any depth, as LightGBM
   * has it (G. Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", NIPS
   * 2017).
   */
  public static TreeTrainer byLeaf() {
    return new TreeTrainer(
        "trees-leaf",
        Map.of("grow_policy", "lossguide", "max_depth", 0, "max_leaves", 12),
        TreeTrainer::boost);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte[] train(Samples samples, long seed) throws TrainingException {
    Booster booster = booster(samples, seed);
    try {
      TreeEnsemble trees = XgboostTrees.read(booster.getModelDump("", false, "json"));
      return OnnxWriter.trees(trees, samples.inputs(), Map.of());
    } catch (XGBoostError e) {
      throw new TrainingException("XGBoost does not tell its trees: " + e.getMessage(), e);
    } finally {
      booster.dispose();
    }
  }

  /** Returns XGBoost's own model, which the caller disposes of. */
  Booster booster(Samples samples, long seed) throws TrainingException {
    Map<String, Object> parameters = new TreeMap<>(growth);
    parameters.put("objective", "multi:softprob");
    parameters.put("num_class", 3);
    // The same for each outcome, so that the softmax does not see it and the trees say all.
    parameters.put("base_score", 0.5);
    parameters.put("tree_method", "hist");
    parameters.put("eta", 0.1);
    parameters.put("min_child_weight", 5);
    parameters.put("subsample", 0.8);
    parameters.put("nthread", 1);
    parameters.put("seed", seed);
    parameters.put("verbosity", 0);
    try {
      return boosting.boost(samples, parameters, ROUNDS);
    } catch (XGBoostError e) {
      throw new TrainingException("XGBoost cannot train %s: %s".formatted(name, e.getMessage()), e);
    } catch (LinkageError e) {
      throw new TrainingException(
          "no XGBoost for %s on %s, so no %s: %s"
              .formatted(
                  System.getProperty("os.name"),
                  System.getProperty("os.arch"),
                  name,
                  e.getCause() == null ? e : e.getCause()),
          e);
    }
  }

  private static Booster boost(Samples samples, Map<String, Object> parameters, int rounds)
      throws XGBoostError {
    DMatrix matrix = matrix(samples.x());
    try {
      float[] labels = new float[samples.size()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = samples.y()[i];
      }
      matrix.setLabel(labels);
      return XGBoost.train(matrix, parameters, rounds, Map.of(), null, null);
    } finally {
      matrix.dispose();
    }
  }

  /** Returns the values for XGBoost, in the single precision that it works with. */
  static DMatrix matrix(double[][] x) throws XGBoostError {
    int columns = x[0].length;
    float[] values = new float[x.length * columns];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < columns; j++) {
        values[i * columns + j] = (float) x[i][j];
      }
    }
    return new DMatrix(values, x.length, columns, Float.NaN);
  }
}
