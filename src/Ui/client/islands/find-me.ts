// Finds the area a browser stands in, among the shapes already on the page. The position goes nowhere.
for (const box of document.querySelectorAll<HTMLElement>('[data-find-me]')) {
  const map = document.getElementById(box.dataset.findMe!) as SVGSVGElement | null;
  if (!map || !navigator.geolocation) continue;
  const [west, north, perLon, perLat, left, top] = map.dataset.map!.split(' ').map(Number);
  const says = box.querySelector<HTMLElement>('[role=status]')!;

  function areaAt(longitude: number, latitude: number): SVGAElement | undefined {
    const point = map!.createSVGPoint();
    point.x = left + (longitude - west) * perLon;
    point.y = top + (north - latitude) * perLat;
    return [...map!.querySelectorAll<SVGAElement>('a')].find(a => {
      const shape = document.querySelector<SVGPathElement>(a.querySelector('use')!.href.baseVal);
      return shape!.isPointInFill(point);
    });
  }

  box.hidden = false;
  box.querySelector('button')!.addEventListener('click', () => navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const area = areaAt(coords.longitude, coords.latitude);
      if (area) location.href = area.href.baseVal;
      else says.textContent = says.dataset.outside!;
    },
    () => { says.textContent = says.dataset.refused!; },
    { maximumAge: 60000, timeout: 15000 },
  ));
}
