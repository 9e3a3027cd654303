/** One-time imports from the old system. */
package io.quantumtrader.app.importing;
