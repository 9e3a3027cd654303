/**
 * One smallest entry through a whole running pipeline and out again, each place where it must show
 * looked at and timed.
 */
package io.quantumtrader.app.smoke;
