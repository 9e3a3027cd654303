/** What was measured: figures, the files they are kept in, and the page made of them. */
package io.quantumtrader.bench.report;
