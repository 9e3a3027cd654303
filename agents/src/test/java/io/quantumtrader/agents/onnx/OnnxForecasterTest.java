package io.quantumtrader.agents.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.agents.feature.FeatureVector;
import io.quantumtrader.agents.forecast.Ensemble;
import io.quantumtrader.agents.forecast.Ensemble.Member;
import io.quantumtrader.agents.forecast.EnsembleVote;
import io.quantumtrader.agents.forecast.Forecast;
import io.quantumtrader.agents.forecast.ForecastFault;
import io.quantumtrader.agents.forecast.ForecastResult;
import io.quantumtrader.agents.forecast.ForecastResult.Failed;
import io.quantumtrader.agents.forecast.Forecaster;
import io.quantumtrader.agents.forecast.GuardedForecaster;
import io.quantumtrader.agents.forecast.ModelId;
import io.quantumtrader.agents.forecast.Vectors;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxForecasterTest {

  private static final FeatureVector SOME = Vectors.of(Models.INPUTS, 0.7, 0.8);

  @TempDir Path directory;

  @Test
  void shouldTellWhichModelItIsAndWhatItReads() throws Exception {
    byte[] bytes = Models.treesFile();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Path file = Models.write(directory, "model", bytes);

    try (OnnxForecaster forecaster =
        OnnxForecaster.load(file, "trees", Optional.of(hash.toUpperCase(Locale.ROOT)))) {
      assertThat(forecaster.id()).isEqualTo(new ModelId("trees", hash.substring(0, 12)));
      assertThat(forecaster.inputs()).isEqualTo(Models.INPUTS);
    }
  }

  @Test
  void shouldGiveTheSameBitsEachTime() throws Exception {
    Path file = Models.write(directory, "model", Models.networkFile());

    try (OnnxForecaster one = OnnxForecaster.load(file, "model", Optional.empty());
        OnnxForecaster another = OnnxForecaster.load(file, "model", Optional.empty())) {
      Forecast first = one.forecast(SOME);

      for (int i = 0; i < 100; i++) {
        assertThat(one.forecast(SOME)).isEqualTo(first);
        assertThat(another.forecast(SOME)).isEqualTo(first);
      }
    }
  }

  /** The root of a standardised input is a number of features of 0, and none of a low trend. */
  @Test
  void shouldGoOnWithoutAMemberThatYieldsNoNumber() throws Exception {
    byte[] odd =
        Models.changed(
            Models.networkFile(),
            model -> {
              Models.through(model, "Sqrt");
              // By means of -1 the features of 0, by which it is loaded, are above the mean.
              model
                  .getGraphBuilder()
                  .getInitializerBuilder(0)
                  .setFloatData(0, -1)
                  .setFloatData(1, -1);
            });
    Forecaster sound = load("sound", Models.treesFile());
    Forecaster ill = load("ill", odd);
    FeatureVector fine = Vectors.of(Models.INPUTS, 0.7, 0.8);
    FeatureVector below = Vectors.of(Models.INPUTS, -1.5, 0.8);

    try (Ensemble ensemble =
        new Ensemble(
            new ModelId("all", "1"),
            List.of(
                member(sound),
                member(ill),
                new Member(refused("lost", Models.write(directory, "lost", new byte[3])), 1)),
            0.3,
            0)) {
      assertThat(ensemble.forecast(fine).members().get(1).given()).isPresent();

      EnsembleVote vote = ensemble.forecast(below);

      assertThat(fault(vote.members().get(1))).isEqualTo(ForecastFault.MODEL_NOT_A_NUMBER);
      assertThat(fault(vote.members().get(2))).isEqualTo(ForecastFault.MODEL_MISSING);
      assertThat(vote.combined().given()).isEqualTo(vote.members().get(0).given()).isPresent();
    }
  }

  /** What a closed model does is for its guard to catch. */
  @Test
  void shouldThrowWhereItIsClosed() throws Exception {
    OnnxForecaster forecaster = load("model", Models.treesFile());

    forecaster.close();

    assertThatThrownBy(() -> forecaster.forecast(SOME)).isInstanceOf(IllegalStateException.class);
  }

  private static ForecastFault fault(ForecastResult result) {
    return ((Failed) result).fault();
  }

  private static GuardedForecaster refused(String name, Path file) {
    try (OnnxForecaster forecaster = OnnxForecaster.load(file, name, Optional.empty())) {
      throw new AssertionError("taken: " + forecaster.id());
    } catch (ModelRefusedException e) {
      return GuardedForecaster.missing(ModelId.unversioned(name), e.getMessage());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Member member(Forecaster forecaster) {
    return new Member(
        new GuardedForecaster(forecaster, Duration.ofMinutes(1), System::nanoTime), 1);
  }

  private OnnxForecaster load(String name, byte[] bytes) throws ModelRefusedException {
    return OnnxForecaster.load(Models.write(directory, name, bytes), name, Optional.empty());
  }
}
