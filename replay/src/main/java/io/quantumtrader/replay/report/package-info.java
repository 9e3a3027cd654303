/** Comparisons of runs for people and programs: a table, JSON, and a page with charts. */
package io.quantumtrader.replay.report;
