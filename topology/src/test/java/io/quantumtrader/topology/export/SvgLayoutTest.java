package io.quantumtrader.topology.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.topology.export.SvgLayout.Box;
import io.quantumtrader.topology.export.SvgLayout.Link;
import io.quantumtrader.topology.export.SvgLayout.Place;
import io.quantumtrader.topology.export.SvgLayout.TopicBox;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing in the picture lies on anything else, and it fits a screen. */
final class SvgLayoutTest {

  private static SvgLayout layout;

  @BeforeAll
  static void lay() {
    layout = new SvgLayout(QuantumExport.of(PartitionCounts.DEFAULT));
  }

  private static List<Box> boxes() {
    List<Box> boxes = new ArrayList<>();
    for (Place place : layout.places()) {
      boxes.add(place.box());
      place.topics().stream().map(TopicBox::box).forEach(boxes::add);
    }
    return boxes;
  }

  @Test
  void shouldKeepBoxesApart() {
    List<Box> boxes = boxes();
    assertThat(boxes).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    for (Box one : boxes) {
      assertThat(boxes).filteredOn(other -> !other.equals(one)).noneMatch(one::overlaps);
    }
  }

  @Test
  void shouldLeadNoLineThroughABox() {
    assertThat(layout.links()).hasSizeGreaterThan(5);
    for (Link link : layout.links()) {
      for (int i = 1; i < link.points().size(); i++) {
        Box segment = segment(link.points().get(i - 1), link.points().get(i));
        assertThat(boxes()).as(link.topic()).noneMatch(segment::overlaps);
      }
    }
  }

  @Test
  void shouldFitAScreen() {
    assertThat(layout.width()).isLessThanOrEqualTo(1600);
    assertThat(layout.height()).isLessThanOrEqualTo(1200);
  }

  private static Box segment(int[] from, int[] to) {
    return new Box(
        Math.min(from[0], to[0]),
        Math.min(from[1], to[1]),
        Math.abs(from[0] - to[0]),
        Math.abs(from[1] - to[1]));
  }
}
